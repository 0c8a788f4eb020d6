// Asks Botan about a certificate: root, CA, leaf, CRLs.
#include <botan/certstor.h>
#include <botan/version.h>
#include <botan/x509_crl.h>
#include <botan/x509cert.h>
#include <botan/x509path.h>
#include <iostream>

int main(int count, char **path) {
  using namespace Botan;
  if (count < 5) {
    std::cout << short_version_string() << "\n";
    return 0;
  }
  try {
    Certificate_Store_In_Memory trust;
    trust.add_certificate(X509_Certificate(path[1]));
    for (int i = 4; i < count; i++) {
      try {
        trust.add_crl(X509_CRL(std::string(path[i])));
      } catch (const std::exception &error) {
        std::cout << "crl-refused\t" << error.what() << "\n";
        return 0;
      }
    }
    const std::vector<X509_Certificate> chain{X509_Certificate(path[3]), X509_Certificate(path[2])};
    // Revocation information is required, and keys have at least 80 bits of strength.
    const Path_Validation_Restrictions restrictions(true, 80);
    const auto result = x509_path_validate(chain, restrictions, trust);
    const bool isRevoked = result.result() == Certificate_Status_Code::CERT_IS_REVOKED;
    std::cout << (result.successful_validation() ? "accepted" : isRevoked ? "revoked" : "rejected") << "\t"
              << result.result_string() << "\n";
  } catch (const std::exception &error) {
    std::cout << "rejected\t" << error.what() << "\n";
  }
}
