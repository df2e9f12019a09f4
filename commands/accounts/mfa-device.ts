/** By an app, and told by its ARN. */
export const isVirtual = (serial: string): boolean => serial.includes(":mfa/");

/**
 * Whether the device shows codes, which a session by an access key takes: virtual devices, whose ARN
 * has `:mfa/`, and hardware tokens, which have a serial number. Security keys and passkeys, `:u2f/`,
 * answer a browser alone. Source: AWS STS API reference, "GetSessionToken", SerialNumber; AWS
 * Knowledge Center, "How do I use an MFA token to authenticate access to my AWS resources through the
 * AWS CLI?"
 */
export const showsCodes = (serial: string): boolean =>
  !serial.startsWith("arn:") || isVirtual(serial);
