import { randomUUID } from 'node:crypto';
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK, jwtVerify, SignJWT } from 'jose';

export interface Signer {
  readonly publicKey: JWK;
  sign(audience: string): Promise<string>;
}

/** A key of its own, and a token for each message: sender, audience, one-use id, expiry. */
export async function openSigner(issuer: string): Promise<Signer> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  return {
    publicKey: await exportJWK(publicKey),
    sign: (audience) =>
      new SignJWT({ jti: randomUUID() })
        .setProtectedHeader({ alg: 'ES256' })
        .setIssuer(issuer)
        .setSubject(issuer)
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime('60s')
        .sign(privateKey),
  };
}

export type Verify = (header: string | undefined) => Promise<void>;

/** Checks signature, sender, audience and time; the key is kept in memory. Throws jose's errors. */
export async function openVerifier(issuer: string, jwk: JWK, audience: string): Promise<Verify> {
  const key = (await importJWK(jwk, 'ES256')) as CryptoKey;
  return async (header) => {
    await jwtVerify(header?.slice('Bearer '.length) ?? '', key, {
      issuer,
      subject: issuer,
      audience,
      algorithms: ['ES256'],
      requiredClaims: ['jti', 'exp'],
    });
  };
}
