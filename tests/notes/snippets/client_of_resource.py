# Access the raw client within a resource
client = resource.meta.client
