import boto3

try:
    iam = boto3.client('iam')
    user = iam.create_user(UserName='fred')
except iam.exceptions.EntityAlreadyExistsException:
    pass # Handle error here
