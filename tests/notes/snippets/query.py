# year - The partition key. The attribute type is number.
# title - The sort key. The attribute type is string.
from boto3.dynamodb.conditions import Key, Attr

# All Movies Released in a Year
response = table.query(
    KeyConditionExpression=Key('year').eq(1985)
)

# All Movies Released in a Year with Certain Titles
# Because 'year' is a reserved keyword, give an alias of '#yr'
response = table.query(
    ProjectionExpression="#yr, title, info.genres, info.actors[0]",
    ExpressionAttributeNames={ "#yr": "year" }, # Expression Attribute Names for Projection Expression only.
    KeyConditionExpression=Key('year').eq(1992) & Key('title').between('A', 'L')
)

print(response['Items'])
