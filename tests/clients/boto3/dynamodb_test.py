"""boto3, its resource layer and conditions included, drives every DynamoDB operation that first light emulates."""
import hashlib
import unittest
from decimal import Decimal

import boto3
from boto3.dynamodb.conditions import Attr, Key
from botocore.exceptions import ClientError


class DynamoDbTest(unittest.TestCase):
    def setUp(self):
        self.name = 'boto3-' + hashlib.md5(self.id().encode()).hexdigest()
        self.client = boto3.client('dynamodb')
        self.table = boto3.resource('dynamodb').create_table(
            TableName=self.name, BillingMode='PAY_PER_REQUEST',
            AttributeDefinitions=[{'AttributeName': 'year', 'AttributeType': 'N'},
                                  {'AttributeName': 'title', 'AttributeType': 'S'},
                                  {'AttributeName': 'rating', 'AttributeType': 'N'}],
            KeySchema=[{'AttributeName': 'year', 'KeyType': 'HASH'}, {'AttributeName': 'title', 'KeyType': 'RANGE'}],
            LocalSecondaryIndexes=[{'IndexName': 'by_rating', 'Projection': {'ProjectionType': 'ALL'},
                                    'KeySchema': [{'AttributeName': 'year', 'KeyType': 'HASH'},
                                                  {'AttributeName': 'rating', 'KeyType': 'RANGE'}]}],
            GlobalSecondaryIndexes=[{'IndexName': 'titles', 'Projection': {'ProjectionType': 'KEYS_ONLY'},
                                     'KeySchema': [{'AttributeName': 'title', 'KeyType': 'HASH'}]}])
        self.table.wait_until_exists()

    def fill(self):
        with self.table.batch_writer() as batch:
            for number, title in enumerate(['Brazil', 'After Hours', 'Ran', 'Zabriskie', 'Émile']):
                batch.put_item(Item={'year': 1985, 'title': title, 'rating': 10 - number, 'info': {'actors': ['x', 'y']}})

    def test_statements(self):
        self.fill()
        client = boto3.resource('dynamodb').meta.client
        found = client.execute_statement(Statement=f'SELECT title FROM "{self.name}" WHERE "year" = ? AND rating > ? ORDER BY title DESC',
                                         Parameters=[1985, 7])['Items']
        self.assertEqual([item['title'] for item in found], ['Ran', 'Brazil', 'After Hours'])
        pages = [client.execute_statement(Statement=f'SELECT * FROM "{self.name}"', Limit=3)]
        pages.append(client.execute_statement(Statement=f'SELECT * FROM "{self.name}"', NextToken=pages[0]['NextToken']))
        self.assertEqual([len(page['Items']) for page in pages], [3, 2])
        insert = f'INSERT INTO "{self.name}" VALUE {{\'year\': 1985, \'title\': ?}}'
        self.assertEqual(client.execute_statement(Statement=insert, Parameters=['Kagemusha'])['Items'], [])
        with self.assertRaises(client.exceptions.DuplicateItemException):
            client.execute_statement(Statement=insert, Parameters=['Kagemusha'])
        where = 'WHERE "year" = 1985 AND title = ?'
        responses = client.batch_execute_statement(Statements=[
            {'Statement': f'SELECT * FROM "{self.name}" {where}', 'Parameters': ['Ran']},
            {'Statement': f'SELECT * FROM "{self.name}"'}])['Responses']
        self.assertEqual((responses[0]['Item']['rating'], responses[1]['Error']['Code']), (8, 'ValidationError'))
        self.assertEqual(client.execute_transaction(TransactStatements=[
            {'Statement': f'UPDATE "{self.name}" SET rating = 1 {where} AND rating = 8', 'Parameters': ['Ran']},
            {'Statement': f'DELETE FROM "{self.name}" {where}', 'Parameters': ['Kagemusha']}])['Responses'], [])
        self.assertEqual(self.table.get_item(Key={'year': 1985, 'title': 'Ran'})['Item']['rating'], 1)

    def test_tables(self):
        self.assertIn(self.name, self.client.list_tables()['TableNames'])
        described = self.client.describe_table(TableName=self.name)['Table']
        self.assertEqual(described['TableStatus'], 'ACTIVE')
        self.assertEqual(described['GlobalSecondaryIndexes'][0]['IndexName'], 'titles')
        self.client.update_table(TableName=self.name, BillingMode='PROVISIONED',
                                 ProvisionedThroughput={'ReadCapacityUnits': 1, 'WriteCapacityUnits': 1},
                                 GlobalSecondaryIndexUpdates=[{'Update': {'IndexName': 'titles', 'ProvisionedThroughput': {
                                     'ReadCapacityUnits': 1, 'WriteCapacityUnits': 1}}}])
        self.table.delete()
        self.table.wait_until_not_exists()
        with self.assertRaises(self.client.exceptions.ResourceNotFoundException):
            self.client.describe_table(TableName=self.name)

    def test_items(self):
        item = {'year': 1985, 'title': 'Brazil', 'n': Decimal('1.5'), 'b': b'\x00', 'set': {1, 2}, 'none': None, 'yes': True,
                'list': [1, 'two', {'three': 3}]}
        self.table.put_item(Item=item)
        key = {'year': 1985, 'title': 'Brazil'}
        got = self.table.get_item(Key=key)['Item']
        self.assertEqual({**got, 'b': got['b'].value}, item)
        updated = self.table.update_item(
            Key=key, UpdateExpression='SET #n = #n + :one, fresh = if_not_exists(fresh, :one) REMOVE #none ADD #set :more',
            ConditionExpression='attribute_exists(title) AND #n < :limit',
            ExpressionAttributeNames={'#n': 'n', '#set': 'set', '#none': 'none'},
            ExpressionAttributeValues={':one': 1, ':more': {3}, ':limit': 10}, ReturnValues='ALL_NEW')['Attributes']
        self.assertEqual((updated['n'], updated['fresh'], updated['set']), (Decimal('2.5'), 1, {1, 2, 3}))
        self.assertNotIn('none', updated)
        with self.assertRaises(ClientError) as caught:
            self.table.put_item(Item=key, ConditionExpression=Attr('title').not_exists())
        self.assertEqual(caught.exception.response['Error'],
                         {'Code': 'ConditionalCheckFailedException', 'Message': 'The conditional request failed'})
        self.assertEqual(self.table.delete_item(Key=key, ReturnValues='ALL_OLD')['Attributes']['fresh'], 1)
        self.assertNotIn('Item', self.table.get_item(Key=key))

    def test_queries_in_both_directions(self):
        self.fill()
        titles = lambda **query: [item['title'] for item in self.table.query(**query)['Items']]
        all_of_1985 = Key('year').eq(1985)
        self.assertEqual(titles(KeyConditionExpression=all_of_1985), ['After Hours', 'Brazil', 'Ran', 'Zabriskie', 'Émile'])
        self.assertEqual(titles(KeyConditionExpression=all_of_1985, ScanIndexForward=False)[0], 'Émile')
        self.assertEqual(titles(KeyConditionExpression=all_of_1985 & Key('title').between('A', 'L')), ['After Hours', 'Brazil'])
        self.assertEqual(titles(KeyConditionExpression=all_of_1985, FilterExpression=Attr('rating').gt(8)),
                         ['After Hours', 'Brazil'])
        self.assertEqual(titles(KeyConditionExpression=all_of_1985, IndexName='by_rating')[0], 'Émile')
        self.assertEqual(titles(KeyConditionExpression=Key('title').eq('Ran'), IndexName='titles'), ['Ran'])
        projected = self.table.query(ProjectionExpression='#yr, title, info.actors[0]', ExpressionAttributeNames={'#yr': 'year'},
                                     KeyConditionExpression=all_of_1985 & Key('title').begins_with('B'))['Items']
        self.assertEqual(projected, [{'year': 1985, 'title': 'Brazil', 'info': {'actors': ['x']}}])

    def test_paging(self):
        self.fill()
        pages = self.client.get_paginator('scan').paginate(TableName=self.name, PaginationConfig={'PageSize': 2})
        self.assertEqual(sorted(len(page['Items']) for page in pages)[-1], 2)
        first = self.table.query(KeyConditionExpression=Key('year').eq(1985), Limit=3)
        rest = self.table.query(KeyConditionExpression=Key('year').eq(1985), ExclusiveStartKey=first['LastEvaluatedKey'])
        self.assertEqual((first['Count'], rest['Count']), (3, 2))

    def test_batches(self):
        self.fill()
        keys = [{'year': {'N': '1985'}, 'title': {'S': title}} for title in ('Ran', 'Brazil', 'none')]
        got = self.client.batch_get_item(RequestItems={self.name: {'Keys': keys}})
        self.assertEqual(sorted(item['title']['S'] for item in got['Responses'][self.name]), ['Brazil', 'Ran'])
        self.client.batch_write_item(RequestItems={self.name: [{'DeleteRequest': {'Key': keys[0]}}]})
        self.assertEqual(self.table.scan(Select='COUNT')['Count'], 4)


if __name__ == '__main__':
    unittest.main()
