// The AWS SDK for JavaScript drives every operation that the server emulates in first light.
import assert from 'node:assert/strict';
import test from 'node:test';
import * as cloudformation from '@aws-sdk/client-cloudformation';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as ec2 from '@aws-sdk/client-ec2';
import * as iam from '@aws-sdk/client-iam';
import * as s3 from '@aws-sdk/client-s3';
import * as sqs from '@aws-sdk/client-sqs';
import * as sts from '@aws-sdk/client-sts';

// call(client, module)('PutObject', {...}): one operation by its name.
const caller = (client, module) => (operation, input = {}) => client.send(new module[`${operation}Command`](input));
const refused = (promise, name) => assert.rejects(promise, (error) => {
  assert.equal(error.name, name, error.message);
  return true;
});

test('S3', async () => {
  const call = caller(new s3.S3Client({endpoint: process.env.AWS_ENDPOINT_URL, forcePathStyle: true}), s3);
  const Bucket = 'javascript';
  await call('CreateBucket', {Bucket});
  await call('HeadBucket', {Bucket});
  assert.ok((await call('ListBuckets')).Buckets.some((bucket) => bucket.Name === Bucket));
  assert.equal((await call('GetBucketLocation', {Bucket})).LocationConstraint, undefined);
  const put = await call('PutObject', {Bucket, Key: 'a/ü 1', Body: 'hello', Metadata: {colour: 'blue'}, ChecksumAlgorithm: 'SHA256'});
  assert.equal(put.ETag, '"5d41402abc4b2a76b9719d911017c592"');
  const got = await call('GetObject', {Bucket, Key: 'a/ü 1', ChecksumMode: 'ENABLED'});
  assert.equal(await got.Body.transformToString(), 'hello');
  assert.equal(got.ChecksumSHA256, put.ChecksumSHA256);
  assert.equal((await call('HeadObject', {Bucket, Key: 'a/ü 1'})).Metadata.colour, 'blue');
  assert.equal(await (await call('GetObject', {Bucket, Key: 'a/ü 1', Range: 'bytes=1-2'})).Body.transformToString(), 'el');
  await refused(call('GetObject', {Bucket, Key: 'none'}), 'NoSuchKey');
  await refused(call('PutObject', {Bucket, Key: 'a/ü 1', Body: '', IfNoneMatch: '*'}), 'PreconditionFailed');
  await call('CopyObject', {Bucket, Key: 'b', CopySource: encodeURIComponent(`${Bucket}/a/ü 1`)});
  assert.deepEqual((await call('ListObjects', {Bucket})).Contents.map((object) => object.Key), ['a/ü 1', 'b']);
  const listed = await call('ListObjectsV2', {Bucket, Delimiter: '/'});
  assert.deepEqual([listed.CommonPrefixes[0].Prefix, listed.Contents[0].Key], ['a/', 'b']);

  const Key = 'big';
  const {UploadId} = await call('CreateMultipartUpload', {Bucket, Key});
  const one = await call('UploadPart', {Bucket, Key, UploadId, PartNumber: 1, Body: Buffer.alloc(5 << 20)});
  const two = await call('UploadPartCopy', {Bucket, Key, UploadId, PartNumber: 2, CopySource: `${Bucket}/b`});
  assert.equal((await call('ListParts', {Bucket, Key, UploadId})).Parts.length, 2);
  assert.equal((await call('ListMultipartUploads', {Bucket})).Uploads[0].Key, Key);
  const Parts = [{PartNumber: 1, ETag: one.ETag}, {PartNumber: 2, ETag: two.CopyPartResult.ETag}];
  await call('CompleteMultipartUpload', {Bucket, Key, UploadId, MultipartUpload: {Parts}});
  assert.equal((await call('HeadObject', {Bucket, Key})).ContentLength, (5 << 20) + 5);
  const dropped = await call('CreateMultipartUpload', {Bucket, Key});
  await call('AbortMultipartUpload', {Bucket, Key, UploadId: dropped.UploadId});

  await call('DeleteObject', {Bucket, Key: 'b'});
  await refused(call('DeleteBucket', {Bucket}), 'BucketNotEmpty');
  const Objects = [{Key: 'a/ü 1'}, {Key}];
  assert.equal((await call('DeleteObjects', {Bucket, Delete: {Objects}})).Deleted.length, 2);
  await call('DeleteBucket', {Bucket});
});

test('DynamoDB', async () => {
  const client = new dynamodb.DynamoDBClient({endpoint: process.env.AWS_ENDPOINT_URL});
  const call = caller(client, dynamodb);
  const TableName = 'javascript';
  await call('CreateTable', {
    TableName, BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{AttributeName: 'p', AttributeType: 'S'}, {AttributeName: 's', AttributeType: 'N'}],
    KeySchema: [{AttributeName: 'p', KeyType: 'HASH'}, {AttributeName: 's', KeyType: 'RANGE'}],
  });
  await dynamodb.waitUntilTableExists({client, maxWaitTime: 30}, {TableName});
  assert.ok((await call('ListTables')).TableNames.includes(TableName));
  const key = (number) => ({p: {S: 'a'}, s: {N: number}});
  await call('PutItem', {TableName, Item: {...key('10'), b: {B: new Uint8Array([0, 255])}}});
  await call('PutItem', {TableName, Item: key('9')});
  assert.deepEqual([...(await call('GetItem', {TableName, Key: key('10')})).Item.b.B], [0, 255]);
  const query = {TableName, KeyConditionExpression: 'p = :p', ExpressionAttributeValues: {':p': {S: 'a'}}};
  assert.deepEqual((await call('Query', query)).Items.map((item) => item.s.N), ['9', '10']);
  assert.deepEqual((await call('Query', {...query, ScanIndexForward: false, Limit: 1})).Items.map((item) => item.s.N), ['10']);
  assert.equal((await call('Scan', {TableName})).Count, 2);
  const updated = await call('UpdateItem', {
    TableName, Key: key('9'), UpdateExpression: 'ADD n :one', ExpressionAttributeValues: {':one': {N: '1'}}, ReturnValues: 'UPDATED_NEW',
  });
  assert.deepEqual(updated.Attributes, {n: {N: '1'}});
  await refused(call('DeleteItem', {TableName, Key: key('9'), ConditionExpression: 'attribute_not_exists(p)'}),
                'ConditionalCheckFailedException');
  await call('DeleteItem', {TableName, Key: key('9')});
  await call('BatchWriteItem', {RequestItems: {[TableName]: [{PutRequest: {Item: key('1')}}]}});
  const batch = await call('BatchGetItem', {RequestItems: {[TableName]: {Keys: [key('1'), key('9')]}}});
  assert.deepEqual(batch.Responses[TableName], [key('1')]);
  await call('UpdateTable', {TableName, BillingMode: 'PROVISIONED', ProvisionedThroughput: {ReadCapacityUnits: 1, WriteCapacityUnits: 1}});
  await call('DeleteTable', {TableName});
  await refused(call('DescribeTable', {TableName}), 'ResourceNotFoundException');
});

test('SQS', async () => {
  const call = caller(new sqs.SQSClient({endpoint: process.env.AWS_ENDPOINT_URL}), sqs);
  const {QueueUrl} = await call('CreateQueue', {QueueName: 'javascript'});
  assert.equal((await call('GetQueueUrl', {QueueName: 'javascript'})).QueueUrl, QueueUrl);
  assert.ok((await call('ListQueues')).QueueUrls.includes(QueueUrl));
  await call('SetQueueAttributes', {QueueUrl, Attributes: {VisibilityTimeout: '5'}});
  assert.equal((await call('GetQueueAttributes', {QueueUrl, AttributeNames: ['All']})).Attributes.VisibilityTimeout, '5');
  await call('SendMessage', {QueueUrl, MessageBody: 'ü'});
  let [message] = (await call('ReceiveMessage', {QueueUrl})).Messages;
  assert.equal(message.Body, 'ü');
  await call('ChangeMessageVisibility', {QueueUrl, ReceiptHandle: message.ReceiptHandle, VisibilityTimeout: 0});
  [message] = (await call('ReceiveMessage', {QueueUrl, WaitTimeSeconds: 1})).Messages;
  await call('DeleteMessage', {QueueUrl, ReceiptHandle: message.ReceiptHandle});
  const Entries = [{Id: 'a', MessageBody: '1'}, {Id: 'b', MessageBody: '2'}];
  assert.equal((await call('SendMessageBatch', {QueueUrl, Entries})).Successful.length, 2);
  const received = (await call('ReceiveMessage', {QueueUrl, MaxNumberOfMessages: 10})).Messages;
  const handles = received.map(({ReceiptHandle}, number) => ({Id: String(number), ReceiptHandle}));
  const hidden = handles.map((handle) => ({...handle, VisibilityTimeout: 60}));
  assert.equal((await call('ChangeMessageVisibilityBatch', {QueueUrl, Entries: hidden})).Successful.length, 2);
  assert.equal((await call('DeleteMessageBatch', {QueueUrl, Entries: handles})).Successful.length, 2);
  await call('AddPermission', {QueueUrl, Label: 'a', AWSAccountIds: ['111122223333'], Actions: ['SendMessage']});
  await call('RemovePermission', {QueueUrl, Label: 'a'});
  const {Attributes: {QueueArn}} = await call('GetQueueAttributes', {QueueUrl, AttributeNames: ['QueueArn']});
  const RedrivePolicy = JSON.stringify({deadLetterTargetArn: QueueArn, maxReceiveCount: 1});
  const source = await call('CreateQueue', {QueueName: 'javascript-source', Attributes: {RedrivePolicy}});
  assert.deepEqual((await call('ListDeadLetterSourceQueues', {QueueUrl})).queueUrls, [source.QueueUrl]);
  await call('StartMessageMoveTask', {SourceArn: QueueArn, MaxNumberOfMessagesPerSecond: 1});
  assert.equal((await call('ListMessageMoveTasks', {SourceArn: QueueArn})).Results.length, 1);
  await refused(call('CancelMessageMoveTask', {TaskHandle: 'nonsense'}), 'InvalidParameterValue');
  const fifo = await call('CreateQueue', {QueueName: 'javascript.fifo', Attributes: {FifoQueue: 'true'}});
  const ordered = {QueueUrl: fifo.QueueUrl, MessageBody: '1', MessageGroupId: 'g', MessageDeduplicationId: '1'};
  assert.equal((await call('SendMessage', ordered)).SequenceNumber.length, 20);
  await call('PurgeQueue', {QueueUrl});
  await refused(call('PurgeQueue', {QueueUrl}), 'PurgeQueueInProgress');
  await call('DeleteQueue', {QueueUrl});
  await refused(call('GetQueueUrl', {QueueName: 'javascript'}), 'QueueDoesNotExist');
});

test('IAM', async () => {
  const call = caller(new iam.IAMClient({endpoint: process.env.AWS_ENDPOINT_URL}), iam);
  const UserName = 'javascript';
  assert.equal((await call('CreateUser', {UserName})).User.Arn, 'arn:aws:iam::123456789012:user/javascript');
  await refused(call('CreateUser', {UserName}), 'EntityAlreadyExistsException');
  const {AccessKey} = await call('CreateAccessKey', {UserName});
  assert.match(AccessKey.AccessKeyId, /^AKIA/);
  const PolicyDocument = JSON.stringify({Version: '2012-10-17', Statement: {Effect: 'Allow', Action: '*', Resource: '*'}});
  const {Policy: {Arn: PolicyArn}} = await call('CreatePolicy', {PolicyName: 'javascript', PolicyDocument});
  await call('AttachUserPolicy', {UserName, PolicyArn});
  assert.deepEqual((await call('ListAttachedUserPolicies', {UserName})).AttachedPolicies, [{PolicyName: 'javascript', PolicyArn}]);
  const {PolicyVersion} = await call('GetPolicyVersion', {PolicyArn, VersionId: 'v1'});
  assert.equal(decodeURIComponent(PolicyVersion.Document), PolicyDocument);
  await refused(call('DeleteUser', {UserName}), 'DeleteConflictException');
  await refused(call('GetRole', {RoleName: 'none'}), 'NoSuchEntityException');
});

test('CloudFormation', async () => {
  const client = new cloudformation.CloudFormationClient({endpoint: process.env.AWS_ENDPOINT_URL});
  const call = caller(client, cloudformation);
  const StackName = 'javascript';
  const TemplateBody = JSON.stringify({Resources: {Queue: {Type: 'AWS::SQS::Queue'}}, Outputs: {Url: {Value: {Ref: 'Queue'}}}});
  await call('CreateStack', {StackName, TemplateBody});
  await cloudformation.waitUntilStackCreateComplete({client, maxWaitTime: 60, minDelay: 1}, {StackName});
  const [stack] = (await call('DescribeStacks', {StackName})).Stacks;
  assert.match(stack.Outputs[0].OutputValue, /\/javascript-Queue-/);
  assert.ok(stack.CreationTime instanceof Date);
  assert.deepEqual((await call('GetTemplate', {StackName})).TemplateBody, TemplateBody);
  await refused(call('CreateStack', {StackName, TemplateBody}), 'AlreadyExistsException');
  await call('DeleteStack', {StackName});
  await cloudformation.waitUntilStackDeleteComplete({client, maxWaitTime: 60, minDelay: 1}, {StackName: stack.StackId});
});

test('STS', async () => {
  const endpoint = process.env.AWS_ENDPOINT_URL;
  const call = caller(new sts.STSClient({endpoint}), sts);
  assert.equal((await call('GetCallerIdentity')).Account, '123456789012');
  const assumed = await call('AssumeRole', {RoleArn: 'arn:aws:iam::111122223333:role/reader', RoleSessionName: 'fred'});
  const {AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken} = assumed.Credentials;
  const as = caller(new sts.STSClient({endpoint, credentials: {accessKeyId, secretAccessKey, sessionToken}}), sts);
  assert.equal((await as('GetCallerIdentity')).Arn, 'arn:aws:sts::111122223333:assumed-role/reader/fred');
  const wrong = caller(new sts.STSClient({endpoint, credentials: {accessKeyId, secretAccessKey: 'x', sessionToken}}), sts);
  await refused(wrong('GetCallerIdentity'), 'SignatureDoesNotMatch');
  assert.match((await call('GetSessionToken')).Credentials.AccessKeyId, /^ASIA/);
});

test('EC2', async () => {
  const client = new ec2.EC2Client({endpoint: process.env.AWS_ENDPOINT_URL});
  const call = caller(client, ec2);
  const launched = await call('RunInstances', {
    ImageId: 'ami-0123456789abcdef0', InstanceType: 't3.micro', MinCount: 1, MaxCount: 1,
    TagSpecifications: [{ResourceType: 'instance', Tags: [{Key: 'Name', Value: 'javascript'}]}]});
  assert.deepEqual(launched.Instances[0].State, {Code: 0, Name: 'pending'});
  const InstanceIds = [launched.Instances[0].InstanceId];
  await ec2.waitUntilInstanceRunning({client, minDelay: 1, maxWaitTime: 20}, {InstanceIds});
  const found = await call('DescribeInstances', {Filters: [{Name: 'tag:Name', Values: ['javascript']}]});
  assert.equal(found.Reservations[0].Instances[0].InstanceId, InstanceIds[0]);
  assert.equal((await call('TerminateInstances', {InstanceIds})).TerminatingInstances[0].CurrentState.Name, 'shutting-down');
  await refused(call('DescribeInstances', {InstanceIds: ['i-0123456789abcdef0']}), 'InvalidInstanceID.NotFound');
});
