"""boto3 drives EC2's instances as its users do."""
import unittest

import boto3
import botocore.exceptions

QUICK = {'Delay': 1, 'MaxAttempts': 20}


class InstancesTest(unittest.TestCase):
    def setUp(self):
        self.ec2 = boto3.resource('ec2')
        self.client = self.ec2.meta.client

    def test_an_instance_lives_its_life(self):
        key = self.client.create_key_pair(KeyName='boto3', KeyType='ed25519')
        self.assertTrue(key['KeyMaterial'].startswith('-----BEGIN OPENSSH PRIVATE KEY-----'))
        instance, = self.ec2.create_instances(
            ImageId='ami-0123456789abcdef0', InstanceType='t3.micro', MinCount=1, MaxCount=1, KeyName='boto3',
            UserData='#!/bin/sh\necho hello\n',
            TagSpecifications=[{'ResourceType': 'instance', 'Tags': [{'Key': 'Name', 'Value': 'boto3'}]}])
        self.assertEqual(instance.state['Name'], 'pending')
        self.client.get_waiter('instance_running').wait(InstanceIds=[instance.id], WaiterConfig=QUICK)
        instance.reload()
        self.assertEqual(instance.state, {'Code': 16, 'Name': 'running'})
        self.assertEqual(instance.key_name, 'boto3')
        self.assertEqual([volume.state for volume in instance.volumes.all()], ['in-use'])
        self.assertEqual(instance.network_interfaces[0].private_ip_address, instance.private_ip_address)
        found = self.ec2.instances.filter(Filters=[{'Name': 'tag:Name', 'Values': ['boto?']}])
        self.assertEqual([one.id for one in found], [instance.id])
        data = instance.describe_attribute(Attribute='userData')['UserData']['Value']
        self.assertEqual(data, 'IyEvYmluL3NoCmVjaG8gaGVsbG8K')
        instance.stop()
        self.client.get_waiter('instance_stopped').wait(InstanceIds=[instance.id], WaiterConfig=QUICK)
        instance.terminate()
        self.client.get_waiter('instance_terminated').wait(InstanceIds=[instance.id], WaiterConfig=QUICK)
        self.client.delete_key_pair(KeyName='boto3')

    def test_volumes_and_launch_templates(self):
        volume = self.ec2.create_volume(AvailabilityZone='us-east-1a', Size=1)
        self.client.get_waiter('volume_available').wait(VolumeIds=[volume.id], WaiterConfig=QUICK)
        snapshot = volume.create_snapshot(Description='boto3')
        self.client.get_waiter('snapshot_completed').wait(SnapshotIds=[snapshot.id], WaiterConfig=QUICK)
        snapshot.delete()
        volume.delete()
        self.client.create_launch_template(
            LaunchTemplateName='boto3', LaunchTemplateData={'ImageId': 'ami-0123456789abcdef0', 'InstanceType': 't3.nano'})
        made = self.client.run_instances(LaunchTemplate={'LaunchTemplateName': 'boto3'}, MinCount=1, MaxCount=1)
        self.assertEqual(made['Instances'][0]['InstanceType'], 't3.nano')
        self.client.terminate_instances(InstanceIds=[made['Instances'][0]['InstanceId']])
        self.client.delete_launch_template(LaunchTemplateName='boto3')

    def test_refusals_have_their_names(self):
        for operation, parameters, code in (
                ('describe_instances', {'InstanceIds': ['i-0123456789abcdef0']}, 'InvalidInstanceID.NotFound'),
                ('describe_instances', {'InstanceIds': ['web']}, 'InvalidInstanceID.Malformed'),
                ('terminate_instances', {'InstanceIds': []}, 'InvalidParameterCombination'),
                ('run_instances', {'ImageId': 'ami-0123456789abcdef0', 'MinCount': 1, 'MaxCount': 1, 'KeyName': 'none'},
                 'InvalidKeyPair.NotFound'),
                ('run_instances', {'ImageId': 'ami-0123456789abcdef0', 'MinCount': 1, 'MaxCount': 1, 'DryRun': True},
                 'DryRunOperation')):
            with self.assertRaises(botocore.exceptions.ClientError) as refusal:
                getattr(self.client, operation)(**parameters)
            self.assertEqual(refusal.exception.response['Error']['Code'], code)


if __name__ == '__main__':
    unittest.main()
