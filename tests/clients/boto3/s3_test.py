"""boto3 drives every S3 operation that the server emulates in first light."""
import hashlib
import unittest

import boto3
from botocore.exceptions import ClientError


class S3Test(unittest.TestCase):
    def setUp(self):
        self.s3 = boto3.client('s3')
        self.bucket = 'boto3-' + hashlib.md5(self.id().encode()).hexdigest()
        self.s3.create_bucket(Bucket=self.bucket)

    def put(self, key, body=b'hello', **more):
        return self.s3.put_object(Bucket=self.bucket, Key=key, Body=body, **more)

    def code_of(self, call, **parameters):
        with self.assertRaises(ClientError) as caught:
            call(**parameters)
        error = caught.exception.response
        return error['Error']['Code'], error['ResponseMetadata']['HTTPStatusCode']

    def test_buckets(self):
        self.assertIn(self.bucket, [bucket['Name'] for bucket in self.s3.list_buckets()['Buckets']])
        self.s3.head_bucket(Bucket=self.bucket)
        self.assertIsNone(self.s3.get_bucket_location(Bucket=self.bucket)['LocationConstraint'])
        self.s3.delete_bucket(Bucket=self.bucket)
        self.assertEqual(self.code_of(self.s3.head_bucket, Bucket=self.bucket), ('404', 404))
        self.assertEqual(self.code_of(self.s3.delete_bucket, Bucket=self.bucket), ('NoSuchBucket', 404))

    def test_an_object_comes_back_as_it_was_put(self):
        put = self.put('dir/key +%', b'\x00\xffbytes', ContentType='image/x-test', CacheControl='no-cache',
                       Metadata={'colour': 'blue'})
        self.assertEqual(put['ETag'], '"' + hashlib.md5(b'\x00\xffbytes').hexdigest() + '"')
        got = self.s3.get_object(Bucket=self.bucket, Key='dir/key +%')
        self.assertEqual(got['Body'].read(), b'\x00\xffbytes')
        self.assertEqual((got['ContentType'], got['CacheControl'], got['Metadata']),
                         ('image/x-test', 'no-cache', {'colour': 'blue'}))
        head = self.s3.head_object(Bucket=self.bucket, Key='dir/key +%')
        self.assertEqual((head['ContentLength'], head['ETag']), (7, put['ETag']))
        self.s3.delete_object(Bucket=self.bucket, Key='dir/key +%')
        self.assertEqual(self.code_of(self.s3.get_object, Bucket=self.bucket, Key='dir/key +%'), ('NoSuchKey', 404))

    def test_every_checksum_algorithm(self):
        for algorithm in ('CRC32', 'SHA1', 'SHA256'):
            put = self.put(algorithm, ChecksumAlgorithm=algorithm)
            got = self.s3.get_object(Bucket=self.bucket, Key=algorithm, ChecksumMode='ENABLED')
            self.assertEqual(got['Body'].read(), b'hello')
            self.assertEqual(got['Checksum' + algorithm], put['Checksum' + algorithm])
        for algorithm, value in (('CRC32C', 'mnG7TA=='), ('CRC64NVME', 'M3eFcAZSQlc=')):
            put = self.put(algorithm, **{'Checksum' + algorithm: value})
            self.assertEqual(put['Checksum' + algorithm], value)
        self.assertEqual(self.code_of(self.put, key='bad', ChecksumSHA256='n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg='),
                         ('BadDigest', 400))

    def test_ranges_and_conditions(self):
        etag = self.put('key', b'0123456789')['ETag']
        part = self.s3.get_object(Bucket=self.bucket, Key='key', Range='bytes=2-4')
        self.assertEqual((part['Body'].read(), part['ContentRange'], part['ResponseMetadata']['HTTPStatusCode']),
                         (b'234', 'bytes 2-4/10', 206))
        get = dict(call=self.s3.get_object, Bucket=self.bucket, Key='key')
        self.assertEqual(self.code_of(**get, Range='bytes=10-'), ('InvalidRange', 416))
        self.assertEqual(self.code_of(**get, IfNoneMatch=etag), ('304', 304))
        self.assertEqual(self.code_of(**get, IfMatch='"other"'), ('PreconditionFailed', 412))
        self.assertEqual(self.code_of(self.put, key='key', IfNoneMatch='*'), ('PreconditionFailed', 412))

    def test_copies(self):
        self.put('from', Metadata={'a': '1'})
        source = {'Bucket': self.bucket, 'Key': 'from'}
        self.s3.copy_object(Bucket=self.bucket, Key='to', CopySource=source)
        self.assertEqual(self.s3.head_object(Bucket=self.bucket, Key='to')['Metadata'], {'a': '1'})
        self.s3.copy_object(Bucket=self.bucket, Key='to', CopySource=source, MetadataDirective='REPLACE', Metadata={'b': '2'})
        self.assertEqual(self.s3.head_object(Bucket=self.bucket, Key='to')['Metadata'], {'b': '2'})

    def test_listings(self):
        for key in ('a', 'b/1', 'b/2', 'c', 'ü'):
            self.put(key)
        page = self.s3.list_objects(Bucket=self.bucket, Delimiter='/')
        self.assertEqual([entry['Key'] for entry in page['Contents']], ['a', 'c', 'ü'])
        self.assertEqual(page['CommonPrefixes'], [{'Prefix': 'b/'}])
        self.assertEqual([entry['Key'] for entry in self.s3.list_objects(Bucket=self.bucket, Marker='b/2')['Contents']],
                         ['c', 'ü'])
        pages = self.s3.get_paginator('list_objects_v2').paginate(Bucket=self.bucket, PaginationConfig={'PageSize': 2})
        self.assertEqual([entry['Key'] for page in pages for entry in page['Contents']], ['a', 'b/1', 'b/2', 'c', 'ü'])
        page = self.s3.list_objects_v2(Bucket=self.bucket, Prefix='b/', StartAfter='b/1')
        self.assertEqual((page['KeyCount'], page['Contents'][0]['Key']), (1, 'b/2'))

    def test_delete_objects(self):
        self.put('a')
        result = self.s3.delete_objects(Bucket=self.bucket, Delete={'Objects': [{'Key': 'a'}, {'Key': 'never there'}]})
        self.assertEqual([entry['Key'] for entry in result['Deleted']], ['a', 'never there'])
        self.assertNotIn('Contents', self.s3.list_objects_v2(Bucket=self.bucket))

    def test_multipart_upload(self):
        upload = self.s3.create_multipart_upload(Bucket=self.bucket, Key='big')['UploadId']
        target = dict(Bucket=self.bucket, Key='big', UploadId=upload)
        part = b'x' * (5 << 20)
        self.put('source', part)
        etags = [self.s3.upload_part(PartNumber=1, Body=part, **target)['ETag'],
                 self.s3.upload_part_copy(PartNumber=2, CopySource={'Bucket': self.bucket, 'Key': 'source'},
                                          **target)['CopyPartResult']['ETag'],
                 self.s3.upload_part(PartNumber=3, Body=b'end', **target)['ETag']]
        self.assertEqual([p['PartNumber'] for p in self.s3.list_parts(**target)['Parts']], [1, 2, 3])
        self.assertEqual(self.s3.list_multipart_uploads(Bucket=self.bucket)['Uploads'][0]['UploadId'], upload)
        parts = [{'PartNumber': number, 'ETag': etag} for number, etag in enumerate(etags, 1)]
        done = self.s3.complete_multipart_upload(MultipartUpload={'Parts': parts}, **target)
        self.assertTrue(done['ETag'].endswith('-3"'))
        self.assertEqual(self.s3.get_object(Bucket=self.bucket, Key='big')['Body'].read(), part + part + b'end')
        upload = self.s3.create_multipart_upload(Bucket=self.bucket, Key='given-up')['UploadId']
        self.s3.abort_multipart_upload(Bucket=self.bucket, Key='given-up', UploadId=upload)
        self.assertEqual(self.code_of(self.s3.list_parts, Bucket=self.bucket, Key='given-up', UploadId=upload),
                         ('NoSuchUpload', 404))

    def test_the_transfer_manager_and_a_presigned_url(self):
        import io
        import urllib.request
        body = bytes(range(256)) * (9 << 12)
        self.s3.upload_fileobj(io.BytesIO(body), self.bucket, 'file')
        back = io.BytesIO()
        self.s3.download_fileobj(self.bucket, 'file', back)
        self.assertEqual(back.getvalue(), body)
        url = self.s3.generate_presigned_url('get_object', {'Bucket': self.bucket, 'Key': 'file'})
        self.assertEqual(urllib.request.urlopen(url).read(), body)

    def test_waiters(self):
        self.put('key')
        self.s3.get_waiter('bucket_exists').wait(Bucket=self.bucket)
        self.s3.get_waiter('object_exists').wait(Bucket=self.bucket, Key='key')
        self.s3.get_waiter('object_not_exists').wait(Bucket=self.bucket, Key='other')


if __name__ == '__main__':
    unittest.main()
