"""Prints who it is by the profile named: python3 boto3_profile.py <profile>"""

import sys

import boto3

session = boto3.Session(profile_name=sys.argv[1])
print(session.client("sts").get_caller_identity()["Arn"])
