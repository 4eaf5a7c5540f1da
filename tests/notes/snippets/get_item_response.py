{
    'Item': {
        'user': 'yeonghoey',
        'age': 32,
    },
}
