import json

import pulumi
from pulumi_aws import iam

issuer = "token.actions.githubusercontent.com"

iam.Role(
    "publisher",
    name="UploadsPublisher",
    assume_role_policy=json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": {
                "Effect": "Allow",
                "Action": "sts:AssumeRoleWithWebIdentity",
                "Principal": {
                    "Federated": f"arn:aws:iam::222222222222:oidc-provider/{issuer}"
                },
                "Condition": {
                    "StringEquals": {f"{issuer}:aud": "sts.amazonaws.com"},
                    "StringLike": {f"{issuer}:sub": pulumi.Config().require("subject")},
                },
            },
        }
    ),
)
