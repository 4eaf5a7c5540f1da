#!/usr/bin/env python3
"""Lists the names that boto3 gives to everything in its resources: names_of_boto3.txt is what this prints with the versions of sdk/model/data/SOURCE.md.

One line a resource and kind. `injected` are the methods that boto3 adds in code.
"""
import boto3
import boto3.utils
from boto3.resources.model import ResourceModel

session = boto3.session.Session(region_name='us-east-1')
for service in sorted(session.get_available_resources()):
    if service not in ('cloudformation', 'dynamodb', 'ec2', 'iam', 's3', 'sqs'):
        continue
    description = session._loader.load_service_model(service, 'resources-1')
    service_model = session._session.get_service_model(service)
    types = description['resources']
    context = boto3.utils.ServiceContext(service_name=service, service_model=service_model,
                                         resource_json_definitions=types, service_waiter_model=None)
    for name, definition in [(service, description['service'])] + sorted(types.items()):
        model = ResourceModel(name, definition, types)
        shape = service_model.shape_for(model.shape) if model.shape else None
        model.load_rename_map(shape)
        kinds = {kind: [one.name for one in getattr(model, kind)]
                 for kind in ('identifiers', 'actions', 'batch_actions', 'subresources', 'references', 'collections', 'waiters')}
        kinds['attributes'] = list(model.get_attributes(shape)) if shape else []
        cls = session.resource_factory.load_from_definition(name, definition, context)
        known = {one for names in kinds.values() for one in names} | {'meta', 'load', 'reload', 'get_available_subresources'}
        kinds['load'] = ['load'] if hasattr(cls, 'load') else []
        kinds['injected'] = [one for one in dir(cls) if not one.startswith('_') and one not in known]
        for kind, names in kinds.items():
            if names:
                print(f'{service}.{"ServiceResource" if name == service else name} {kind}: {" ".join(sorted(names))}')
