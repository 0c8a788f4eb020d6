import java.io.FileInputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;

/** Parses the CRL in the second file and verifies it with the key of the certificate in the first. */
class ReadCrl {
  public static void main(String[] files) throws Exception {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    try (FileInputStream ca = new FileInputStream(files[0]);
        FileInputStream crl = new FileInputStream(files[1])) {
      X509CRL read = (X509CRL) factory.generateCRL(crl);
      read.verify(factory.generateCertificate(ca).getPublicKey());
    }
  }
}
