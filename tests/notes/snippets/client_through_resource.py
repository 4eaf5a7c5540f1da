import boto3
# Create a low-level client with the service name
sqs = boto3.client('sqs')

# Access client through resource
sqs_resource = boto3.resource('sqs')
sqs = sqs_resource.meta.client
