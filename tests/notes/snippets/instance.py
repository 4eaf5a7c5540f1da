import boto3

ec2 = boto3.resource('ec2')
instance = ec2.Instance('id')

print instance.private_ip_address  # For more attributes, SEE: EC2.Instance
