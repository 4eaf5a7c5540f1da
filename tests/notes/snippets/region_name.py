boto3.resource('sqs', region_name='ap-northeast1')
