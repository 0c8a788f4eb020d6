// Parses the CRL in the second file and verifies it with the key of the certificate in the first.
package main

import (
	"crypto/x509"
	"encoding/pem"
	"log"
	"os"
)

func main() {
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	block, _ := pem.Decode(text)
	if block == nil {
		log.Fatal("no PEM")
	}
	ca, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		log.Fatal(err)
	}
	der, err := os.ReadFile(os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	crl, err := x509.ParseRevocationList(der)
	if err != nil {
		log.Fatal(err)
	}
	if err := crl.CheckSignatureFrom(ca); err != nil {
		log.Fatal(err)
	}
}
