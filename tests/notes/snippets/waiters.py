import boto3

s3 = boto3.client('s3')
print('s3 waiters: ', s3.waiter_names)
# [u'bucket_exists', u'bucket_not_exists', u'object_exists', u'object_not_exists']

w = s3.get_waiter('bucket_exists')
w.wait(Bucket='mybucket')
