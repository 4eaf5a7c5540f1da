"""boto3 drives CloudFormation as its users do."""
import json
import unittest
import urllib.request

import boto3
import botocore.exceptions

TEMPLATE = {
    'Resources': {
        'Queue': {'Type': 'AWS::SQS::Queue', 'Properties': {'DelaySeconds': 5}},
        'Bucket': {'Type': 'AWS::S3::Bucket', 'DependsOn': 'Queue'},
    },
    'Outputs': {'Url': {'Value': {'Ref': 'Queue'}}},
}
QUICK = {'Delay': 1, 'MaxAttempts': 20}


class CloudFormationTest(unittest.TestCase):
    def setUp(self):
        self.client = boto3.client('cloudformation')

    def test_a_stack_is_created_waited_for_and_deleted(self):
        self.client.create_stack(StackName='boto3', TemplateBody=json.dumps(TEMPLATE))
        self.client.get_waiter('stack_create_complete').wait(StackName='boto3', WaiterConfig=QUICK)
        stack = self.client.describe_stacks(StackName='boto3')['Stacks'][0]
        url = stack['Outputs'][0]['OutputValue']
        attributes = boto3.client('sqs').get_queue_attributes(QueueUrl=url, AttributeNames=['DelaySeconds'])
        self.assertEqual(attributes['Attributes'], {'DelaySeconds': '5'})
        # A template in JSON comes back as an object.
        self.assertEqual(self.client.get_template(StackName='boto3')['TemplateBody'], TEMPLATE)
        pages = self.client.get_paginator('describe_stack_events').paginate(StackName='boto3')
        self.assertEqual([event['ResourceStatus'] for page in pages for event in page['StackEvents']][0], 'CREATE_COMPLETE')
        self.client.delete_stack(StackName='boto3')
        self.client.get_waiter('stack_delete_complete').wait(StackName=stack['StackId'], WaiterConfig=QUICK)

    def test_the_resource_interface(self):
        stack = boto3.resource('cloudformation').create_stack(StackName='boto3-resource', TemplateBody=json.dumps(TEMPLATE))
        self.client.get_waiter('stack_create_complete').wait(StackName=stack.name, WaiterConfig=QUICK)
        stack.reload()
        self.assertEqual(stack.stack_status, 'CREATE_COMPLETE')
        self.assertEqual(sorted(summary.logical_id for summary in stack.resource_summaries.all()), ['Bucket', 'Queue'])
        stack.delete()

    def test_errors_carry_their_code(self):
        with self.assertRaises(botocore.exceptions.ClientError) as refusal:
            self.client.describe_stacks(StackName='nobody')
        self.assertEqual(refusal.exception.response['Error'],
                         {'Type': 'Sender', 'Code': 'ValidationError', 'Message': 'Stack with id nobody does not exist'})

    def test_a_wait_condition_is_signalled_through_its_url(self):
        body = ('Resources:\n  Handle: {Type: AWS::CloudFormation::WaitConditionHandle}\n'
                '  Wait: {Type: AWS::CloudFormation::WaitCondition, Properties: {Handle: !Ref Handle, Timeout: 60}}\n')
        self.client.create_stack(StackName='boto3-wait', TemplateBody=body)
        url = self.client.describe_stack_resource(StackName='boto3-wait', LogicalResourceId='Handle')[
            'StackResourceDetail']['PhysicalResourceId']
        signal = json.dumps({'Status': 'SUCCESS', 'UniqueId': '1', 'Data': 'done', 'Reason': 'ready'})
        urllib.request.urlopen(urllib.request.Request(url, signal.encode(), {'Content-Type': ''}, method='PUT'))
        self.client.get_waiter('stack_create_complete').wait(StackName='boto3-wait', WaiterConfig=QUICK)
        self.client.delete_stack(StackName='boto3-wait')


if __name__ == '__main__':
    unittest.main()
