#!/usr/bin/env python3
"""Lists what boto3's resources ask of their clients: requests_of_boto3.txt is what this prints with the versions of
sdk/model/data/SOURCE.md.

Every resource gets its identifiers' names as values (an integer 1) and, where an action reads its data, {"MessageId": "data"}. A line
is: resource, kind, name, then the operation (or waiter) and the parameters that it is called with, as JSON.
"""
import json

import boto3
import boto3.utils
from boto3.resources.action import BatchAction

SERVICES = ('cloudformation', 'dynamodb', 'ec2', 'iam', 's3', 'sqs')
session = boto3.session.Session(region_name='us-east-1', aws_access_key_id='a', aws_secret_access_key='b')


class Asked(Exception):
    pass


def asked(call):
    """What `call` asks of the client, whose calls all stop here."""
    try:
        call()
    except Asked as asked:
        return asked.args
    raise AssertionError('nothing was asked')


def ask(name, parameters):
    raise Asked(name, parameters)


class Waiter:
    def __init__(self, name):
        self.name = name

    def wait(self, **parameters):
        raise Asked(self.name, parameters)


class Page:
    """A collection of one page."""

    def __init__(self, resources):
        self.resources = resources

    def pages(self):
        yield self.resources


for service in SERVICES:
    root = session.resource(service)
    client = root.meta.client
    client._make_api_call = ask
    client.can_paginate = lambda name: False
    client.get_waiter = Waiter
    definitions = session._loader.load_service_model(service, 'resources-1')['resources']
    made = {'ServiceResource': root}
    for name, definition in sorted(definitions.items()):
        identifiers = [1 if one.get('type') == 'integer' else one['name'] for one in definition.get('identifiers', [])]
        context = boto3.utils.ServiceContext(service_name=service, service_model=client.meta.service_model,
                                             resource_json_definitions=definitions, service_waiter_model=None)
        made[name] = session.resource_factory.load_from_definition(name, definition, context)(*identifiers, client=client)
    for name, resource in made.items():
        model = resource.meta.resource_model
        resource.meta.data = {'MessageId': 'data'}
        lines = [('action', action.name, lambda r=resource, n=action.name: getattr(r, n)()) for action in model.actions]
        if model.load:
            lines.append(('load', 'load', resource.load))
        for collection in model.collections:
            lines.append(('collection', collection.name, lambda r=resource, n=collection.name: list(getattr(r, n).all())))
        for waiter in model.waiters:
            lines.append(('waiter', waiter.name, lambda r=resource, n=waiter.name: getattr(r, n)()))
        for kind, method, call in lines:
            operation, parameters = asked(call)
            print(f'{service}.{name}', kind, method, operation, json.dumps(parameters, sort_keys=True))
        for action in model.batch_actions:
            page = Page([resource, resource])
            operation, parameters = asked(lambda a=action, p=page: BatchAction(a)(p))
            print(f'{service}.{name}', 'batch_action', action.name, operation, json.dumps(parameters, sort_keys=True))
