"""The snippets of the notes on boto3 (tests/notes/snippets), unchanged.

The notes leave names open (`user`, `table`, `resource`) and make up ids; these stand ready before a snippet runs. Two snippets hold
mistakes of their author; botocore refuses them before anything is sent. docs/boto3-to-cloudchamber.md has their twins in C++.
"""
import contextlib
import inspect
import io
import pathlib
import re
import unittest

import boto3
import botocore.exceptions

SNIPPETS = pathlib.Path(__file__).resolve().parent.parent.parent / 'notes' / 'snippets'


def text_of(name):
    return (SNIPPETS / f'{name}.py').read_text()


def run(name, text=None, **names):
    """Runs a snippet with these names known; gives what it prints and the names that it leaves."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(text or text_of(name), f'{name}.py', 'exec'), names)
    return printed.getvalue(), names


class NotesTest(unittest.TestCase):
    def setUp(self):
        boto3.setup_default_session()

    def test_client_through_resource(self):
        _, names = run('client_through_resource')
        self.assertEqual(names['sqs'].meta.service_model.service_name, 'sqs')
        self.assertIn('ResponseMetadata', names['sqs'].list_queues())

    def test_default_session(self):
        _, names = run('default_session', _get_default_session=boto3._get_default_session)
        self.assertEqual(names['resource']('sqs', region_name='eu-west-1').meta.client.meta.region_name, 'eu-west-1')
        self.assertIn('return _get_default_session().resource(*args, **kwargs)', inspect.getsource(boto3.resource))

    def test_region_name(self):
        run('region_name', boto3=boto3)

    def test_paginator(self):
        s3 = boto3.client('s3', region_name='us-west-2')
        s3.create_bucket(Bucket='my-bucket', CreateBucketConfiguration={'LocationConstraint': 'us-west-2'})
        for key in ('foo/bar', 'foo/baz/1', 'foo/baz/2'):
            s3.put_object(Bucket='my-bucket', Key=key)
        printed, _ = run('paginator')
        self.assertIn("'Key': 'foo/baz/2'", printed)
        self.assertNotIn('foo/bar', printed)

    def test_client_or_resource(self):
        # A signature without a body.
        _, names = run('client_or_resource', text_of('client_or_resource').rstrip() + ': pass\n')
        expected = inspect.signature(names['client_or_resource']).parameters
        for made in (boto3.session.Session.client, boto3.session.Session.resource):
            actual = inspect.signature(made).parameters
            for name, parameter in expected.items():
                self.assertEqual(actual[name].default, parameter.default, name)

    def test_client_of_resource(self):
        _, names = run('client_of_resource', resource=boto3.resource('sqs'))
        self.assertIn('ResponseMetadata', names['client'].list_queues())

    def test_waiters(self):
        boto3.client('s3').create_bucket(Bucket='mybucket')
        printed, _ = run('waiters')
        self.assertEqual(printed, "s3 waiters:  ['bucket_exists', 'bucket_not_exists', 'object_exists', 'object_not_exists']\n")

    def test_client_error(self):
        with contextlib.suppress(botocore.exceptions.ClientError):
            boto3.client('iam').create_user(UserName='fred')
        _, names = run('client_error')
        self.assertNotIn('user', names)

    def test_exceptions_of_client(self):
        with contextlib.suppress(botocore.exceptions.ClientError):
            boto3.client('iam').create_user(UserName='fred')
        _, names = run('exceptions_of_client')
        self.assertNotIn('user', names)

    def run_instances(self):
        ec2 = boto3.resource('ec2')
        ids = []
        for tenancy, kind in (('default', 't3.micro'), ('dedicated', 'm5.large'), ('dedicated', 't3.micro')):
            instance, = ec2.create_instances(ImageId='ami-0123456789abcdef0', InstanceType=kind, MinCount=1, MaxCount=1,
                                             Placement={'Tenancy': tenancy})
            ids.append(instance.id)
        return ids

    def test_collection_filters_of_no_instances(self):
        with self.assertRaises(botocore.exceptions.ClientError) as raised:
            run('collection_filters', boto3=boto3)
        self.assertEqual(raised.exception.response['Error']['Code'], 'InvalidInstanceID.Malformed')

    def test_collection_filters(self):
        ids = self.run_instances()
        text = text_of('collection_filters')
        for i, instance in enumerate(ids):
            text = text.replace(f"'id{i + 1}'", repr(instance))
        # The author's mistake: a filter has no `name` and no `value`.
        with self.assertRaisesRegex(botocore.exceptions.ParamValidationError,
                                    r'(?s)Unknown parameter in Filters\[0\]: "name", must be one of: Name, Values'):
            run('collection_filters', text, boto3=boto3)
        text = text.replace("'name'", "'Name'").replace('t1.micro', 't3.micro')
        text = re.sub(r"'value': ('[^']*')", r"'Values': [\1]", text)
        printed, _ = run('collection_filters', text, boto3=boto3)
        # EC2 promises no order.
        everything, dedicated, micro = re.fullmatch(
            r'All instances:\n(.*)Dedicated instances:\n(.*)Dedicated micro instances:\n(.*)', printed, flags=re.S).groups()
        self.assertCountEqual(everything.split(), ids)
        self.assertCountEqual(dedicated.split(), ids[1:])
        self.assertEqual(micro.split(), ids[2:])

    def test_instance(self):
        # Written for Python 2, whose print is a statement.
        text = re.sub(r'^print (\S+)', r'print(\1)', text_of('instance'), flags=re.M)
        with self.assertRaises(botocore.exceptions.ClientError) as raised:
            run('instance', text)
        self.assertEqual(raised.exception.response['Error']['Code'], 'InvalidInstanceID.Malformed')
        printed, _ = run('instance', text.replace("'id'", repr(self.run_instances()[0])))
        self.assertRegex(printed, r'^172\.31\.\d+\.\d+\n$')

    def test_create_stack(self):
        # The author's mistake: the parameter is called TemplateBody.
        with self.assertRaisesRegex(botocore.exceptions.ParamValidationError, 'Unknown parameter in input: "TmeplateBody"'):
            run('create_stack')
        text = text_of('create_stack').replace('TmeplateBody', 'TemplateBody')
        with self.assertRaises(botocore.exceptions.ClientError) as raised:
            run('create_stack', text)  # {"json": "template"} is no template
        self.assertEqual(raised.exception.response['Error']['Code'], 'ValidationError')
        text = text.replace('{"json": "template"}', '{"Resources": {"Jobs": {"Type": "AWS::SQS::Queue"}}}')
        _, names = run('create_stack', text)
        self.assertIn(':stack/test/', names['stack']['StackId'])
        names['client'].delete_stack(StackName='test')

    def make_table(self, name, keys, items):
        types = {'year': 'N'}
        table = boto3.resource('dynamodb').create_table(
            TableName=name, BillingMode='PAY_PER_REQUEST',
            KeySchema=[{'AttributeName': key, 'KeyType': kind} for key, kind in zip(keys, ('HASH', 'RANGE'))],
            AttributeDefinitions=[{'AttributeName': key, 'AttributeType': types.get(key, 'S')} for key in keys])
        table.wait_until_exists()
        self.addCleanup(table.delete)
        with table.batch_writer() as batch:
            for item in items:
                batch.put_item(Item=item)
        return table

    def test_get_item(self):
        self.make_table('name', ['user'], [{'user': 'yeonghoey', 'age': 32}])
        _, names = run('get_item', user='yeonghoey')
        names['response'].pop('ResponseMetadata')
        self.assertEqual(names['response'], eval(text_of('get_item_response')))

    def test_query(self):
        info = {'genres': ['Drama'], 'actors': ['first', 'second']}
        table = self.make_table('movies-of-the-notes', ['year', 'title'], [
            {'year': year, 'title': title, 'info': info}
            for year, title in ((1985, 'Brazil'), (1992, 'Malcolm X'), (1992, 'A Few Good Men'), (1992, 'Aladdin'))])
        printed, names = run('query', table=table)
        self.assertEqual([item['title'] for item in names['response']['Items']], ['A Few Good Men', 'Aladdin'])
        self.assertEqual(names['response']['Items'][0]['info'], {'genres': ['Drama'], 'actors': ['first']})
        self.assertIn('A Few Good Men', printed)

    def test_expression_attributes(self):
        self.make_table('products', ['id'], [{'id': 'a', 'Status': 'Available', 'Percentile': 90}, {'id': 'b', 'Status': 'Sold'}])
        response = boto3.client('dynamodb').scan(
            TableName='products', ProjectionExpression='#P', FilterExpression='#s IN (:avail, :back, :disc)',
            ExpressionAttributeNames={'#s': 'Status', **eval(text_of('expression_attribute_names'))},
            ExpressionAttributeValues=eval(text_of('expression_attribute_values')))
        self.assertEqual(response['Items'], [{'Percentile': {'N': '90'}}])


if __name__ == '__main__':
    unittest.main()
