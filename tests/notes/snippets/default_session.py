# Entry functions like `boto3.resource`, boto3.client`
# just pass arguments to the default session
def resource(*args, **kwargs):
    return _get_default_session().resource(*args, **kwargs)
