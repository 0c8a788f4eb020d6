// Parses the CRL in the second argument and verifies it with the key of the certificate in the first. If the second is
// a directory, does so for all its files, in one thread.
package main

import (
	"crypto/x509"
	"encoding/pem"
	"log"
	"os"
	"path/filepath"
	"runtime"
)

func main() {
	runtime.GOMAXPROCS(1)
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
	entries, err := os.ReadDir(os.Args[2])
	if err != nil {
		read(os.Args[2], ca)
	}
	for _, entry := range entries {
		read(filepath.Join(os.Args[2], entry.Name()), ca)
	}
}

func read(path string, ca *x509.Certificate) {
	der, err := os.ReadFile(path)
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
