{"#P": "Percentile"}
