//! TLS settings for both doors: certificates from PEM, or a self-signed one for a first start and for tests.
//!
//! Everything names the `ring` provider itself, so nothing depends on a process-wide default.

use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore, ServerConfig};

/// A certificate chain with its private key, both PEM.
pub struct Identity {
    /// The chain, own certificate first.
    pub certificate_pem: String,
    key_pem: String,
}

impl Identity {
    /// The private key. Write it only to a file that nobody else can read.
    pub fn key_pem(&self) -> &str {
        &self.key_pem
    }
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Identity").finish_non_exhaustive()
    }
}

/// Why TLS could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// The PEM text has no usable certificate or key.
    #[error("the PEM text has no certificate and private key that can be used")]
    Pem(#[from] rustls::pki_types::pem::Error),
    /// There is no certificate in the PEM text.
    #[error("there is no certificate in the PEM text")]
    NoCertificate,
    /// Certificate and key do not fit or are not supported.
    #[error("the certificate cannot be used for TLS")]
    Unusable(#[from] rustls::Error),
    /// A certificate could not be made.
    #[error("a certificate for `{hostname}` could not be made")]
    NotMade {
        /// The name it was asked for.
        hostname: String,
        /// What was wrong with it.
        source: rcgen::Error,
    },
}

/// Makes a self-signed certificate for a host name. Mail servers encrypt to it opportunistically; nobody can trust it.
///
/// # Errors
/// If the name cannot stand in a certificate.
pub fn self_signed(hostname: &str) -> Result<Identity, TlsError> {
    let made = rcgen::generate_simple_self_signed(vec![hostname.to_owned()])
        .map_err(|source| TlsError::NotMade { hostname: hostname.to_owned(), source })?;
    Ok(Identity { certificate_pem: made.cert.pem(), key_pem: made.signing_key.serialize_pem() })
}

/// Server settings from a certificate chain and a private key in PEM.
///
/// # Errors
/// If either cannot be read, or they do not belong together.
pub fn from_pem(certificate_pem: &str, key_pem: &str) -> Result<Arc<ServerConfig>, TlsError> {
    let chain = certificates(certificate_pem)?;
    let key = PrivateKeyDer::from_pem_slice(key_pem.as_bytes())?;
    let config = ServerConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    Ok(Arc::new(config))
}

/// Client settings that trust the web's certificate authorities and, in addition, those in `extra_pem` (empty for none):
/// for a mail server inside the organisation.
///
/// # Errors
/// If the extra certificates cannot be read or used.
pub fn client(extra_pem: &str) -> Result<Arc<ClientConfig>, TlsError> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if !extra_pem.trim().is_empty() {
        for certificate in certificates(extra_pem)? {
            roots.add(certificate)?;
        }
    }
    let config = ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config))
}

fn certificates(pem: &str) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let found = CertificateDer::pem_slice_iter(pem.as_bytes()).collect::<Result<Vec<_>, _>>()?;
    if found.is_empty() { Err(TlsError::NoCertificate) } else { Ok(found) }
}

fn provider() -> Arc<rustls::crypto::CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_made_identity_can_be_used_and_its_key_is_not_printed() {
        let made = self_signed("desk.example").unwrap();
        from_pem(&made.certificate_pem, made.key_pem()).unwrap();
        client(&made.certificate_pem).unwrap();
        client("").unwrap();
        assert_eq!(format!("{made:?}"), "Identity { .. }");
    }

    #[test]
    fn what_is_wrong_with_a_pem_is_said() {
        let made = self_signed("desk.example").unwrap();
        let other = self_signed("desk.example").unwrap();
        assert!(matches!(from_pem("", made.key_pem()), Err(TlsError::NoCertificate)));
        assert!(matches!(from_pem(&made.certificate_pem, ""), Err(TlsError::Pem(_))));
        assert!(matches!(from_pem(&made.certificate_pem, other.key_pem()), Err(TlsError::Unusable(_))));
        assert!(matches!(self_signed("not a\u{0}name\u{fc}"), Err(TlsError::NotMade { .. })));
    }
}
