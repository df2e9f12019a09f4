import { certify } from "./certificates";

const { base64: certificate } = certify("okta");

/** What an identity provider's page of settings offers for download. */
export const metadata = ({
  entity = `entityID="https://idp.example.com"`,
  until = "",
  within = "IDPSSODescriptor",
  key = certificate,
} = {}): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<!-- ${"The metadata of an identity provider. ".repeat(30)} -->
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" ${entity} ${until}>
  <md:${within} protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:KeyDescriptor use="signing">
      <ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">
        <ds:X509Data><ds:X509Certificate>${key}</ds:X509Certificate></ds:X509Data>
      </ds:KeyInfo>
    </md:KeyDescriptor>
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.example.com/sso"/>
  </md:${within}>
</md:EntityDescriptor>`;
