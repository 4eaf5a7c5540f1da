import boto3
from botocore.exceptions import ClientError

try:
    iam = boto3.client('iam')
    user = iam.create_user(UserName='fred')
except ClientError as e:
    if e.response['Error']['Code'] == 'EntityAlreadyExists':
        pass # Handle error here
