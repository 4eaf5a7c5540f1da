"""boto3 drives every operation of SQS and STS that first light emulates."""
import hashlib
import json
import unittest

import boto3
import botocore.exceptions


class SqsTest(unittest.TestCase):
    def setUp(self):
        self.sqs = boto3.client('sqs')
        self.name = 'boto3-' + hashlib.md5(self.id().encode()).hexdigest()
        self.url = self.sqs.create_queue(QueueName=self.name, tags={'a': '1'})['QueueUrl']

    def test_queues(self):
        self.assertEqual(self.sqs.get_queue_url(QueueName=self.name)['QueueUrl'], self.url)
        self.assertEqual(self.sqs.list_queues(QueueNamePrefix=self.name)['QueueUrls'], [self.url])
        self.sqs.set_queue_attributes(QueueUrl=self.url, Attributes={'VisibilityTimeout': '1'})
        attributes = self.sqs.get_queue_attributes(QueueUrl=self.url, AttributeNames=['All'])['Attributes']
        self.assertEqual(attributes['VisibilityTimeout'], '1')
        self.sqs.tag_queue(QueueUrl=self.url, Tags={'b': '2'})
        self.sqs.untag_queue(QueueUrl=self.url, TagKeys=['a'])
        self.assertEqual(self.sqs.list_queue_tags(QueueUrl=self.url)['Tags'], {'b': '2'})
        self.sqs.delete_queue(QueueUrl=self.url)
        with self.assertRaises(self.sqs.exceptions.QueueDoesNotExist):
            self.sqs.get_queue_url(QueueName=self.name)

    def test_messages(self):
        # boto3 checks the digests by itself.
        self.sqs.send_message(QueueUrl=self.url, MessageBody='<ü&>', MessageAttributes={
            'colour': {'DataType': 'String', 'StringValue': 'blue'}, 'raw': {'DataType': 'Binary', 'BinaryValue': b'\x00\xff'}})
        message, = self.sqs.receive_message(QueueUrl=self.url, WaitTimeSeconds=1, AttributeNames=['All'],
                                            MessageAttributeNames=['All'])['Messages']
        self.assertEqual(message['Body'], '<ü&>')
        self.assertEqual(message['MessageAttributes']['raw']['BinaryValue'], b'\x00\xff')
        handle = dict(QueueUrl=self.url, ReceiptHandle=message['ReceiptHandle'])
        self.sqs.change_message_visibility(VisibilityTimeout=0, **handle)
        message, = self.sqs.receive_message(QueueUrl=self.url)['Messages']
        self.sqs.delete_message(QueueUrl=self.url, ReceiptHandle=message['ReceiptHandle'])
        self.assertNotIn('Messages', self.sqs.receive_message(QueueUrl=self.url))

    def test_batches(self):
        entries = [{'Id': str(number), 'MessageBody': str(number)} for number in range(3)]
        self.assertEqual(len(self.sqs.send_message_batch(QueueUrl=self.url, Entries=entries)['Successful']), 3)
        messages = self.sqs.receive_message(QueueUrl=self.url, MaxNumberOfMessages=10)['Messages']
        handles = [{'Id': str(number), 'ReceiptHandle': message['ReceiptHandle']} for number, message in enumerate(messages)]
        self.sqs.change_message_visibility_batch(QueueUrl=self.url,
                                                 Entries=[{**handle, 'VisibilityTimeout': 60} for handle in handles])
        self.assertEqual(len(self.sqs.delete_message_batch(QueueUrl=self.url, Entries=handles)['Successful']), 3)
        self.sqs.purge_queue(QueueUrl=self.url)
        with self.assertRaises(self.sqs.exceptions.PurgeQueueInProgress):
            self.sqs.purge_queue(QueueUrl=self.url)

    def test_fifo_queues_and_dead_letters(self):
        fifo = {'FifoQueue': 'true', 'ContentBasedDeduplication': 'true'}
        dead = self.sqs.create_queue(QueueName=self.name + '-dead.fifo', Attributes=fifo)['QueueUrl']
        arn = self.sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=['QueueArn'])['Attributes']['QueueArn']
        policy = json.dumps({'deadLetterTargetArn': arn, 'maxReceiveCount': 1})
        url = self.sqs.create_queue(QueueName=self.name + '.fifo', Attributes={**fifo, 'RedrivePolicy': policy})['QueueUrl']
        first = self.sqs.send_message(QueueUrl=url, MessageBody='a', MessageGroupId='g')
        again = self.sqs.send_message(QueueUrl=url, MessageBody='a', MessageGroupId='g')
        self.assertEqual(first['SequenceNumber'], again['SequenceNumber'])
        self.sqs.receive_message(QueueUrl=url, VisibilityTimeout=0, ReceiveRequestAttemptId='1')
        self.assertNotIn('Messages', self.sqs.receive_message(QueueUrl=url))
        self.assertEqual(self.sqs.list_dead_letter_source_queues(QueueUrl=dead)['queueUrls'], [url])
        handle = self.sqs.start_message_move_task(SourceArn=arn)['TaskHandle']
        message, = self.sqs.receive_message(QueueUrl=url, WaitTimeSeconds=5, AttributeNames=['All'])['Messages']
        self.assertEqual(message['Attributes']['MessageGroupId'], 'g')
        task, = self.sqs.list_message_move_tasks(SourceArn=arn)['Results']
        self.assertEqual((task['Status'], task['ApproximateNumberOfMessagesMoved']), ('COMPLETED', 1))
        with self.assertRaises(self.sqs.exceptions.ResourceNotFoundException):
            self.sqs.cancel_message_move_task(TaskHandle=handle)

    def test_trace_of_the_request(self):
        trace = 'Root=1-3152b799-8954dae64eda91bc9a23a7e8;Parent=7fa8c0f79203be72;Sampled=1'
        self.sqs.meta.events.register('before-send.sqs.SendMessage',
                                      lambda request, **_: request.headers.__setitem__('X-Amzn-Trace-Id', trace))
        self.sqs.send_message(QueueUrl=self.url, MessageBody='traced')
        message, = self.sqs.receive_message(QueueUrl=self.url, AttributeNames=['AWSTraceHeader'])['Messages']
        self.assertEqual(message['Attributes'], {'AWSTraceHeader': trace})

    def test_permissions(self):
        self.sqs.add_permission(QueueUrl=self.url, Label='a', AWSAccountIds=['111122223333'], Actions=['SendMessage'])
        other = boto3.client('sqs', aws_access_key_id='111122223333', aws_secret_access_key='x')
        other.send_message(QueueUrl=self.url, MessageBody='hello')
        with self.assertRaises(botocore.exceptions.ClientError) as refused:
            other.receive_message(QueueUrl=self.url)
        self.assertEqual(refused.exception.response['Error']['Code'], 'AccessDenied')
        self.sqs.remove_permission(QueueUrl=self.url, Label='a')


class StsTest(unittest.TestCase):
    def test_identities(self):
        sts = boto3.client('sts')
        self.assertEqual(sts.get_caller_identity()['Arn'], 'arn:aws:iam::123456789012:root')
        assumed = sts.assume_role(RoleArn='arn:aws:iam::111122223333:role/reader', RoleSessionName='fred')
        self.assertEqual(self.identity(assumed['Credentials']),
                         ('111122223333', 'arn:aws:sts::111122223333:assumed-role/reader/fred'))
        session = sts.get_session_token()
        self.assertEqual(self.identity(session['Credentials']), ('123456789012', 'arn:aws:iam::123456789012:root'))

    def identity(self, credentials, **changed):
        credentials = {**credentials, **changed}
        identity = boto3.client('sts', aws_access_key_id=credentials['AccessKeyId'],
                                aws_secret_access_key=credentials['SecretAccessKey'],
                                aws_session_token=credentials['SessionToken']).get_caller_identity()
        return identity['Account'], identity['Arn']

    def test_a_wrong_secret_is_refused(self):
        credentials = boto3.client('sts').get_session_token()['Credentials']
        with self.assertRaisesRegex(Exception, 'SignatureDoesNotMatch'):
            self.identity(credentials, SecretAccessKey='wrong')


if __name__ == '__main__':
    unittest.main()
