"""boto3 drives IAM as its users do."""
import hashlib
import json
import unittest

import boto3
import botocore.exceptions

ALLOW = json.dumps({'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Action': 's3:*', 'Resource': '*'}]})
TRUST = {'Version': '2012-10-17', 'Statement': [
    {'Effect': 'Allow', 'Principal': {'Service': 'ec2.amazonaws.com'}, 'Action': 'sts:AssumeRole'}]}


class IamTest(unittest.TestCase):
    def setUp(self):
        self.iam = boto3.client('iam')
        self.name = 'boto3-' + hashlib.md5(self.id().encode()).hexdigest()

    def test_a_name_is_taken_once(self):
        self.iam.create_user(UserName=self.name)
        with self.assertRaises(botocore.exceptions.ClientError) as refusal:
            self.iam.create_user(UserName=self.name)
        self.assertEqual(refusal.exception.response['Error']['Code'], 'EntityAlreadyExists')
        with self.assertRaises(self.iam.exceptions.EntityAlreadyExistsException):
            self.iam.create_user(UserName=self.name)
        self.iam.delete_user(UserName=self.name)
        with self.assertRaises(self.iam.exceptions.NoSuchEntityException):
            self.iam.get_user(UserName=self.name)

    def test_an_access_key_is_the_users(self):
        self.iam.create_user(UserName=self.name, Path='/staff/', Tags=[{'Key': 'a', 'Value': '1'}])
        key = self.iam.create_access_key(UserName=self.name)['AccessKey']
        session = boto3.Session(key['AccessKeyId'], key['SecretAccessKey'])
        self.assertTrue(session.client('sts').get_caller_identity()['Arn'].endswith(':user/staff/' + self.name))
        self.assertEqual(session.client('iam').get_user()['User']['Tags'], [{'Key': 'a', 'Value': '1'}])
        self.iam.update_access_key(UserName=self.name, AccessKeyId=key['AccessKeyId'], Status='Inactive')
        with self.assertRaises(botocore.exceptions.ClientError) as refusal:
            session.client('sts').get_caller_identity()
        self.assertEqual(refusal.exception.response['Error']['Code'], 'InvalidClientTokenId')
        users = self.iam.get_paginator('list_users').paginate(PathPrefix='/staff/', PaginationConfig={'PageSize': 1})
        self.assertIn(self.name, [user['UserName'] for page in users for user in page['Users']])

    def test_roles_and_policies(self):
        role = self.iam.create_role(RoleName=self.name, AssumeRolePolicyDocument=json.dumps(TRUST))['Role']
        self.assertEqual(role['AssumeRolePolicyDocument'], TRUST)
        arn = self.iam.create_policy(PolicyName=self.name, PolicyDocument=ALLOW)['Policy']['Arn']
        self.iam.attach_role_policy(RoleName=self.name, PolicyArn=arn)
        self.iam.put_role_policy(RoleName=self.name, PolicyName='inline', PolicyDocument=ALLOW)
        self.assertEqual(self.iam.get_role_policy(RoleName=self.name, PolicyName='inline')['PolicyDocument'],
                         json.loads(ALLOW))
        with self.assertRaises(self.iam.exceptions.DeleteConflictException):
            self.iam.delete_policy(PolicyArn=arn)
        with self.assertRaises(self.iam.exceptions.MalformedPolicyDocumentException):
            self.iam.create_policy(PolicyName='bad', PolicyDocument='{}')
        self.iam.create_instance_profile(InstanceProfileName=self.name)
        self.iam.add_role_to_instance_profile(InstanceProfileName=self.name, RoleName=self.name)
        self.iam.get_waiter('instance_profile_exists').wait(InstanceProfileName=self.name)
        resource = boto3.resource('iam')
        self.assertEqual([policy.arn for policy in resource.Role(self.name).attached_policies.all()], [arn])
        self.assertEqual(resource.InstanceProfile(self.name).roles[0].name, self.name)

    def test_the_account(self):
        self.iam.create_account_alias(AccountAlias='chamber')
        self.assertEqual(self.iam.list_account_aliases()['AccountAliases'], ['chamber'])
        self.assertIn('UsersQuota', self.iam.get_account_summary()['SummaryMap'])
        self.iam.generate_credential_report()
        while self.iam.generate_credential_report()['State'] != 'COMPLETE':
            pass
        self.assertTrue(self.iam.get_credential_report()['Content'].startswith(b'user,arn,user_creation_time,'))
        details = self.iam.get_account_authorization_details(Filter=['User'])
        self.assertEqual(details['RoleDetailList'], [])


if __name__ == '__main__':
    unittest.main()
