import boto3

client = boto3.client('cloudformation')
stack = client.create_stack(StackName='test', TmeplateBody='{"json": "template"}')

# http://boto3.readthedocs.io/en/latest/reference/services/cloudformation.html#CloudFormation.Waiter.StackCreateComplete.wait
waiter = client.get_waiter('stack_create_complete')
waiter.wait(StackName='test', WaiterConfig={'Delay': 5})
