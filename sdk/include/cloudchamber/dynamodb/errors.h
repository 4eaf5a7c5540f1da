// What DynamoDB's high level throws for what never reached AWS. All derive from Error.
#pragma once

#include "cloudchamber/errors.h"

namespace cloudchamber::dynamodb {

// A value that DynamoDB has no type for (a float), or an attribute value that is none.
class TypeError : public Error {
 public:
  using Error::Error;
};

// A text that is no decimal, or one that Decimal can't hold without loss.
class DecimalError : public Error {
 public:
  using Error::Error;
};

// Something else stands where a condition must: Key("year") alone, a plain value.
class DynamoDBNeedsConditionError : public Error {
 public:
  using Error::Error;
};

// An Attr in a KeyConditionExpression, where only Key may stand.
class DynamoDBNeedsKeyConditionError : public Error {
 public:
  using Error::Error;
};

}  // namespace cloudchamber::dynamodb
