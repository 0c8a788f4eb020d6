// Written by `npm run new-rule` and `npm run docs` from the files in this directory; do not edit.
import type { AnyRule } from "../rule/rule.ts";
import aiaEmpty from "./aia/empty.ts";
import aiaLdapForm from "./aia/ldap-form.ts";
import aiaNoCaIssuers from "./aia/no-ca-issuers.ts";
import aiaNoHttpLdap from "./aia/no-http-ldap.ts";
import aiaOtherMethod from "./aia/other-method.ts";
import akiDiffersFromCertificates from "./aki/differs-from-certificates.ts";
import akiEmpty from "./aki/empty.ts";
import akiIssuerSerialMismatch from "./aki/issuer-serial-mismatch.ts";
import akiIssuerSerialPair from "./aki/issuer-serial-pair.ts";
import akiIssuerSerialPresent from "./aki/issuer-serial-present.ts";
import akiKeyIdentifierMissing from "./aki/key-identifier-missing.ts";
import akiKeyidUnusualLength from "./aki/keyid-unusual-length.ts";
import akiMissing from "./aki/missing.ts";
import akiNotKeyHash from "./aki/not-key-hash.ts";
import akiSkiMismatch from "./aki/ski-mismatch.ts";
import algorithmCaKeyNotPermitted from "./algorithm/ca-key-not-permitted.ts";
import algorithmDiffersFromCaCertificate from "./algorithm/differs-from-ca-certificate.ts";
import algorithmEcdsaCurveHashMismatch from "./algorithm/ecdsa-curve-hash-mismatch.ts";
import algorithmHashBasedParamsPresent from "./algorithm/hash-based-params-present.ts";
import algorithmHashmldsa from "./algorithm/hashmldsa.ts";
import algorithmInnerOuterDiffer from "./algorithm/inner-outer-differ.ts";
import algorithmKeyTypeMismatch from "./algorithm/key-type-mismatch.ts";
import algorithmMd5OrMd2 from "./algorithm/md5-or-md2.ts";
import algorithmNotPermitted from "./algorithm/not-permitted.ts";
import algorithmPssKeyParamsMismatch from "./algorithm/pss-key-params-mismatch.ts";
import algorithmSha1 from "./algorithm/sha1.ts";
import algorithmSlhdsaLargeCrl from "./algorithm/slhdsa-large-crl.ts";
import algorithmUnknown from "./algorithm/unknown.ts";
import algorithmUnsigned from "./algorithm/unsigned.ts";
import caCrlSignerDifferentKey from "./ca/crl-signer-different-key.ts";
import caExpiredOrRevoked from "./ca/expired-or-revoked.ts";
import caKeyUsageMissing from "./ca/key-usage-missing.ts";
import caKeyUsageWithoutCrlSign from "./ca/key-usage-without-crl-sign.ts";
import caNotACa from "./ca/not-a-ca.ts";
import caOwnDistributionPoint from "./ca/own-distribution-point.ts";
import caSubjectKeyIdentifierMissing from "./ca/subject-key-identifier-missing.ts";
import ccadbArrayMalformed from "./ccadb/array-malformed.ts";
import ccadbFullAndPartitioned from "./ccadb/full-and-partitioned.ts";
import ccadbRecordsOfOneKeyDiffer from "./ccadb/records-of-one-key-differ.ts";
import ccadbUrlMalformed from "./ccadb/url-malformed.ts";
import ccadbUrlMissing from "./ccadb/url-missing.ts";
import ccadbUrlNotDisclosed from "./ccadb/url-not-disclosed.ts";
import certificateIssuerDnEncoding from "./certificate-issuer/dn-encoding.ts";
import certificateIssuerNoDn from "./certificate-issuer/no-dn.ts";
import certificateIssuerRedundant from "./certificate-issuer/redundant.ts";
import certificateIssuerWithoutIndirect from "./certificate-issuer/without-indirect.ts";
import certsCrlIssuerNeedsIndirect from "./certs/crl-issuer-needs-indirect.ts";
import certsCrldpMissing from "./certs/crldp-missing.ts";
import certsCrldpNotHttp from "./certs/crldp-not-http.ts";
import certsDistributionPointNotInIdp from "./certs/distribution-point-not-in-idp.ts";
import certsGoodListed from "./certs/good-listed.ts";
import certsIssuerDiffers from "./certs/issuer-differs.ts";
import certsNeedsAllReasonsDp from "./certs/needs-all-reasons-dp.ts";
import certsNoRevAvailListed from "./certs/no-rev-avail-listed.ts";
import certsReasonsSubset from "./certs/reasons-subset.ts";
import certsRevokedNotListed from "./certs/revoked-not-listed.ts";
import certsSerialNotByteIdentical from "./certs/serial-not-byte-identical.ts";
import certsSerialTwice from "./certs/serial-twice.ts";
import criticality from "./criticality.ts";
import crlNumberMissing from "./crl-number/missing.ts";
import crlNumberNegative from "./crl-number/negative.ts";
import crlNumberTooLong from "./crl-number/too-long.ts";
import deltaBaseIsDelta from "./delta/base-is-delta.ts";
import deltaBaseNotLess from "./delta/base-not-less.ts";
import deltaBaseNumberNotFound from "./delta/base-number-not-found.ts";
import deltaBaseRange from "./delta/base-range.ts";
import deltaDifferentKey from "./delta/different-key.ts";
import deltaEntryMissing from "./delta/entry-missing.ts";
import deltaGsmaNotAllowed from "./delta/gsma-not-allowed.ts";
import deltaIdpDiffers from "./delta/idp-differs.ts";
import deltaInsteadOfComplete from "./delta/instead-of-complete.ts";
import deltaIssuerDiffers from "./delta/issuer-differs.ts";
import deltaRemoveFromCrlNotHeld from "./delta/remove-from-crl-not-held.ts";
import deltaRemoveFromCrlUnknownSerial from "./delta/remove-from-crl-unknown-serial.ts";
import deltaSameNumberSameInfo from "./delta/same-number-same-info.ts";
import deltaSharedNumbering from "./delta/shared-numbering.ts";
import deltaThisUpdateBeforeBase from "./delta/this-update-before-base.ts";
import derBitStringUnusedBitsNonzero from "./der/bit-string-unused-bits-nonzero.ts";
import derBitStringUnusedCount from "./der/bit-string-unused-count.ts";
import derBmpUniversalTeletexMalformed from "./der/bmp-universal-teletex-malformed.ts";
import derBooleanLength from "./der/boolean-length.ts";
import derBooleanTrueNotFf from "./der/boolean-true-not-ff.ts";
import derConstructedString from "./der/constructed-string.ts";
import derDefaultValueEncoded from "./der/default-value-encoded.ts";
import derExtensionValueTrailingData from "./der/extension-value-trailing-data.ts";
import derHighTagForm from "./der/high-tag-form.ts";
import derIa5StringCharset from "./der/ia5-string-charset.ts";
import derIndefiniteLength from "./der/indefinite-length.ts";
import derIntegerEmpty from "./der/integer-empty.ts";
import derIntegerNotMinimal from "./der/integer-not-minimal.ts";
import derLengthNotMinimal from "./der/length-not-minimal.ts";
import derLengthPastParent from "./der/length-past-parent.ts";
import derNamedBitListTrailingZeros from "./der/named-bit-list-trailing-zeros.ts";
import derNullNotEmpty from "./der/null-not-empty.ts";
import derOidNotMinimal from "./der/oid-not-minimal.ts";
import derOidOverLimit from "./der/oid-over-limit.ts";
import derPrintableStringCharset from "./der/printable-string-charset.ts";
import derPrivateExtensionNotDer from "./der/private-extension-not-der.ts";
import derReservedLengthOctet from "./der/reserved-length-octet.ts";
import derSequenceSetMustBeConstructed from "./der/sequence-set-must-be-constructed.ts";
import derSetOfOrder from "./der/set-of-order.ts";
import derTimeInvalidCalendar from "./der/time-invalid-calendar.ts";
import derTimeNotZ from "./der/time-not-z.ts";
import derTimeSecondsMissing from "./der/time-seconds-missing.ts";
import derUnexpectedElement from "./der/unexpected-element.ts";
import derUtf8StringInvalid from "./der/utf8-string-invalid.ts";
import entryExtensionBelongsToCrl from "./entry-extension/belongs-to-crl.ts";
import entryExtensionDuplicate from "./entry-extension/duplicate.ts";
import entryExtensionIcaoNotAllowed from "./entry-extension/icao-not-allowed.ts";
import entryExtensionListEmpty from "./entry-extension/list-empty.ts";
import entryExtensionNotRecommended from "./entry-extension/not-recommended.ts";
import entryExtensionUnknownCritical from "./entry-extension/unknown-critical.ts";
import entryCaOwnSerial from "./entry/ca-own-serial.ts";
import entryListEmpty from "./entry/list-empty.ts";
import entryManyWithExtensions from "./entry/many-with-extensions.ts";
import entryRevocationDateAfterCertNotAfter from "./entry/revocation-date-after-cert-not-after.ts";
import entryRevocationDateAfterNextUpdate from "./entry/revocation-date-after-next-update.ts";
import entryRevocationDateAfterThisUpdate from "./entry/revocation-date-after-this-update.ts";
import entryRevocationDateBeforeCa from "./entry/revocation-date-before-ca.ts";
import entryRevocationDateBeforeCertNotBefore from "./entry/revocation-date-before-cert-not-before.ts";
import entryRevocationDateImplausible from "./entry/revocation-date-implausible.ts";
import entryRpkiFields from "./entry/rpki-fields.ts";
import entrySerialListedTwice from "./entry/serial-listed-twice.ts";
import entrySerialNotPositive from "./entry/serial-not-positive.ts";
import entrySerialTooLong from "./entry/serial-too-long.ts";
import expiredCertsBeforeCa from "./expired-certs/before-ca.ts";
import expiredCertsInFuture from "./expired-certs/in-future.ts";
import expiredCertsInconsistent from "./expired-certs/inconsistent.ts";
import expiredCertsNotAllowed from "./expired-certs/not-allowed.ts";
import expiredCertsNotGeneralizedTime from "./expired-certs/not-generalized-time.ts";
import expiredCertsRequired from "./expired-certs/required.ts";
import extensionBelongsToCertificate from "./extension/belongs-to-certificate.ts";
import extensionDuplicate from "./extension/duplicate.ts";
import extensionIcaoNotAllowed from "./extension/icao-not-allowed.ts";
import extensionListEmpty from "./extension/list-empty.ts";
import extensionListMissing from "./extension/list-missing.ts";
import extensionNotRecommended from "./extension/not-recommended.ts";
import extensionRpkiNotAllowed from "./extension/rpki-not-allowed.ts";
import extensionUnknown from "./extension/unknown.ts";
import extensionUnknownCritical from "./extension/unknown-critical.ts";
import freshestCrlEmpty from "./freshest-crl/empty.ts";
import freshestCrlInDelta from "./freshest-crl/in-delta.ts";
import freshestCrlNameRelative from "./freshest-crl/name-relative.ts";
import freshestCrlNoDp from "./freshest-crl/no-dp.ts";
import freshestCrlReasonsOrCrlIssuer from "./freshest-crl/reasons-or-crl-issuer.ts";
import generalNameDirectoryNameAttribute from "./general-name/directory-name-attribute.ts";
import generalNameDpNoHttpOrLdap from "./general-name/dp-no-http-or-ldap.ts";
import generalNameEmpty from "./general-name/empty.ts";
import generalNameHttpsUri from "./general-name/https-uri.ts";
import generalNameIdnNotALabel from "./general-name/idn-not-a-label.ts";
import generalNameIpAddressLength from "./general-name/ip-address-length.ts";
import generalNameLdapCrldpForm from "./general-name/ldap-crldp-form.ts";
import generalNameUriHostNotFqdn from "./general-name/uri-host-not-fqdn.ts";
import generalNameUriInvalidCharacters from "./general-name/uri-invalid-characters.ts";
import generalNameUriNotAbsolute from "./general-name/uri-not-absolute.ts";
import holdInstructionNone from "./hold-instruction/none.ts";
import holdInstructionObsolete from "./hold-instruction/obsolete.ts";
import holdInstructionWithoutHold from "./hold-instruction/without-hold.ts";
import idpAttributeCerts from "./idp/attribute-certs.ts";
import idpDpAbsentNotComplete from "./idp/dp-absent-not-complete.ts";
import idpDuplicateUri from "./idp/duplicate-uri.ts";
import idpEmptySequence from "./idp/empty-sequence.ts";
import idpFlagContradictsCert from "./idp/flag-contradicts-cert.ts";
import idpFullNameEmpty from "./idp/full-name-empty.ts";
import idpFullNameMissing from "./idp/full-name-missing.ts";
import idpIndirectCrl from "./idp/indirect-crl.ts";
import idpIndirectFlagWrong from "./idp/indirect-flag-wrong.ts";
import idpIndirectWithoutEntries from "./idp/indirect-without-entries.ts";
import idpMissingOnPartition from "./idp/missing-on-partition.ts";
import idpMultipleContainsFlags from "./idp/multiple-contains-flags.ts";
import idpNameRelative from "./idp/name-relative.ts";
import idpNonUri from "./idp/non-uri.ts";
import idpOnFullCrl from "./idp/on-full-crl.ts";
import idpOnlyContainsCaCertsRequired from "./idp/only-contains-ca-certs-required.ts";
import idpOnlyContainsUserCertsRequired from "./idp/only-contains-user-certs-required.ts";
import idpOnlySomeReasonsEmpty from "./idp/only-some-reasons-empty.ts";
import idpOnlySomeReasonsRecommendedAgainst from "./idp/only-some-reasons-recommended-against.ts";
import idpOnlySomeReasonsUndefinedBits from "./idp/only-some-reasons-undefined-bits.ts";
import idpV1Certs from "./idp/v1-certs.ts";
import inputBase64Invalid from "./input/base64-invalid.ts";
import inputBase64PadBits from "./input/base64-pad-bits.ts";
import inputContentNotCertificateList from "./input/content-not-certificate-list.ts";
import inputExplanatoryTextOrHeaders from "./input/explanatory-text-or-headers.ts";
import inputExtraneousWhitespace from "./input/extraneous-whitespace.ts";
import inputLabelNotX509Crl from "./input/label-not-x509-crl.ts";
import inputLineLengthNot64 from "./input/line-length-not-64.ts";
import inputMultipleObjects from "./input/multiple-objects.ts";
import inputNotACrl from "./input/not-a-crl.ts";
import inputOverLimit from "./input/over-limit.ts";
import inputTbsWasDiffers from "./input/tbs-was-differs.ts";
import inputTrailingData from "./input/trailing-data.ts";
import inputTruncated from "./input/truncated.ts";
import inputVeryLarge from "./input/very-large.ts";
import invalidityDateAfterRevocationDate from "./invalidity-date/after-revocation-date.ts";
import invalidityDateDiffersFromRevocationDate from "./invalidity-date/differs-from-revocation-date.ts";
import invalidityDateForm from "./invalidity-date/form.ts";
import invalidityDateInFuture from "./invalidity-date/in-future.ts";
import issuerAltNameEmpty from "./issuer-alt-name/empty.ts";
import issuerCountryMissing from "./issuer/country-missing.ts";
import issuerEmpty from "./issuer/empty.ts";
import issuerNameAttributeDuplicate from "./issuer/name-attribute-duplicate.ts";
import issuerNameAttributeEncoding from "./issuer/name-attribute-encoding.ts";
import issuerNameAttributeOrder from "./issuer/name-attribute-order.ts";
import issuerNameCollision from "./issuer/name-collision.ts";
import issuerNameCountry from "./issuer/name-country.ts";
import issuerNameDcIdn from "./issuer/name-dc-idn.ts";
import issuerNameEmptyRdn from "./issuer/name-empty-rdn.ts";
import issuerNameEmptyValue from "./issuer/name-empty-value.ts";
import issuerNameFixedStringTypes from "./issuer/name-fixed-string-types.ts";
import issuerNameLegacyStringType from "./issuer/name-legacy-string-type.ts";
import issuerNameOneAtavPerRdn from "./issuer/name-one-atav-per-rdn.ts";
import issuerNameUpperBound from "./issuer/name-upper-bound.ts";
import issuerNameWhitespace from "./issuer/name-whitespace.ts";
import issuerNotByteIdentical from "./issuer/not-byte-identical.ts";
import issuerNotPrintableString from "./issuer/not-printable-string.ts";
import issuerRpkiName from "./issuer/rpki-name.ts";
import manifestCrlNotListed from "./manifest/crl-not-listed.ts";
import manifestNextUpdateDiffers from "./manifest/next-update-differs.ts";
import manifestNotOneCrl from "./manifest/not-one-crl.ts";
import otherExtensionAaIdp from "./other-extension/aa-idp.ts";
import otherExtensionAltSignature from "./other-extension/alt-signature.ts";
import otherExtensionCaVersion from "./other-extension/ca-version.ts";
import otherExtensionCrlStreamIdentifier from "./other-extension/crl-stream-identifier.ts";
import otherExtensionGsmaPartial from "./other-extension/gsma-partial.ts";
import otherExtensionLegacyVendor from "./other-extension/legacy-vendor.ts";
import otherExtensionNextCrlPublish from "./other-extension/next-crl-publish.ts";
import otherExtensionNextCrlPublishForm from "./other-extension/next-crl-publish-form.ts";
import otherExtensionOrderedList from "./other-extension/ordered-list.ts";
import otherExtensionTobeRevokedGroups from "./other-extension/tobe-revoked-groups.ts";
import reasonAaCompromise from "./reason/aa-compromise.ts";
import reasonCaCompromiseOnSubscriber from "./reason/ca-compromise-on-subscriber.ts";
import reasonCertificateHold from "./reason/certificate-hold.ts";
import reasonFpkiHold from "./reason/fpki-hold.ts";
import reasonFpkiHoldOnExpired from "./reason/fpki-hold-on-expired.ts";
import reasonHoldOnCa from "./reason/hold-on-ca.ts";
import reasonHoldOnStrictSmime from "./reason/hold-on-strict-smime.ts";
import reasonKeyCompromiseOnCa from "./reason/key-compromise-on-ca.ts";
import reasonMissing from "./reason/missing.ts";
import reasonMissingOnCaEntry from "./reason/missing-on-ca-entry.ts";
import reasonMissingOnSubscriberEntry from "./reason/missing-on-subscriber-entry.ts";
import reasonNotEnumerated from "./reason/not-enumerated.ts";
import reasonNotPermitted from "./reason/not-permitted.ts";
import reasonOutsideOnlySomeReasons from "./reason/outside-only-some-reasons.ts";
import reasonRemoveFromCrlInFull from "./reason/remove-from-crl-in-full.ts";
import reasonUndefinedValue from "./reason/undefined-value.ts";
import reasonUnspecified from "./reason/unspecified.ts";
import reasonUnspecifiedOnCaEntry from "./reason/unspecified-on-ca-entry.ts";
import reasonValue7 from "./reason/value-7.ts";
import reasonWeakAlgorithm from "./reason/weak-algorithm.ts";
import sequenceAlgorithmChanged from "./sequence/algorithm-changed.ts";
import sequenceEntryRemovedEarly from "./sequence/entry-removed-early.ts";
import sequenceEtsiCaCrlAfterRevocation from "./sequence/etsi-ca-crl-after-revocation.ts";
import sequenceEtsiInterval24Hours from "./sequence/etsi-interval-24-hours.ts";
import sequenceExpiredEntryDropped from "./sequence/expired-entry-dropped.ts";
import sequenceExpiredEntryKept from "./sequence/expired-entry-kept.ts";
import sequenceFpkiInterval from "./sequence/fpki-interval.ts";
import sequenceHoldReleased from "./sequence/hold-released.ts";
import sequenceIcaoInterval90Days from "./sequence/icao-interval-90-days.ts";
import sequenceIdpChanged from "./sequence/idp-changed.ts";
import sequenceIntervalBeyond12Months from "./sequence/interval-beyond-12-months.ts";
import sequenceIntervalBeyond7Days from "./sequence/interval-beyond-7-days.ts";
import sequenceIssuedLate from "./sequence/issued-late.ts";
import sequenceIssuerOrAkiChanged from "./sequence/issuer-or-aki-changed.ts";
import sequenceManyEntriesAdded from "./sequence/many-entries-added.ts";
import sequenceManyEntriesRemoved from "./sequence/many-entries-removed.ts";
import sequenceNextUpdateDecreased from "./sequence/next-update-decreased.ts";
import sequenceNumberNotIncreasing from "./sequence/number-not-increasing.ts";
import sequenceOtherCa from "./sequence/other-ca.ts";
import sequenceReasonChanged from "./sequence/reason-changed.ts";
import sequenceRevocationDateBeforeEarlierCrl from "./sequence/revocation-date-before-earlier-crl.ts";
import sequenceRevocationDateChanged from "./sequence/revocation-date-changed.ts";
import sequenceRevocationPublishedLate from "./sequence/revocation-published-late.ts";
import sequenceSameCrl from "./sequence/same-crl.ts";
import sequenceSameNumberDifferentContent from "./sequence/same-number-different-content.ts";
import sequenceThisUpdateDecreased from "./sequence/this-update-decreased.ts";
import setBaseWithoutDelta from "./set/base-without-delta.ts";
import setCaCertificateUnused from "./set/ca-certificate-unused.ts";
import setCaWithoutCrl from "./set/ca-without-crl.ts";
import setCertificateOfAnotherCa from "./set/certificate-of-another-ca.ts";
import setDeltaNotLinked from "./set/delta-not-linked.ts";
import setDeltaWithoutBase from "./set/delta-without-base.ts";
import setPartitionsWithoutIdp from "./set/partitions-without-idp.ts";
import setSerialInSeveralCas from "./set/serial-in-several-cas.ts";
import shardsCcadbJsonArray from "./shards/ccadb-json-array.ts";
import shardsDifferentCa from "./shards/different-ca.ts";
import shardsEntryInWrongShard from "./shards/entry-in-wrong-shard.ts";
import shardsIdpUriOverlap from "./shards/idp-uri-overlap.ts";
import shardsInconsistentFlags from "./shards/inconsistent-flags.ts";
import shardsSerialInTwo from "./shards/serial-in-two.ts";
import shardsShardsMustCoverAll from "./shards/shards-must-cover-all.ts";
import signatureParameters from "./signature-parameters.ts";
import signatureDummy from "./signature/dummy.ts";
import signatureEcdsaNotDer from "./signature/ecdsa-not-der.ts";
import signatureEddsaLength from "./signature/eddsa-length.ts";
import signatureInvalid from "./signature/invalid.ts";
import signatureMalformedValue from "./signature/malformed-value.ts";
import signaturePqcLength from "./signature/pqc-length.ts";
import structureCertificateList from "./structure/certificate-list.ts";
import structureEntry from "./structure/entry.ts";
import structureExtension from "./structure/extension.ts";
import structureSignatureNotOctets from "./structure/signature-not-octets.ts";
import structureTbsCertList from "./structure/tbs-cert-list.ts";
import structureVersionMissing from "./structure/version-missing.ts";
import structureVersionNotV2 from "./structure/version-not-v2.ts";
import timeCaNextUpdateBeyond12Months from "./time/ca-next-update-beyond-12-months.ts";
import timeCaNextUpdateExactly12Months from "./time/ca-next-update-exactly-12-months.ts";
import timeEtsiCaCrlBeyond1Year from "./time/etsi-ca-crl-beyond-1-year.ts";
import timeEtsiCrossCaCrlBeyond31Days from "./time/etsi-cross-ca-crl-beyond-31-days.ts";
import timeExpired from "./time/expired.ts";
import timeFpkiNextUpdateLimit from "./time/fpki-next-update-limit.ts";
import timeGeneralizedTimeForm from "./time/generalized-time-form.ts";
import timeLastCrlWithOpenCertificates from "./time/last-crl-with-open-certificates.ts";
import timeNextUpdateAfterCaNotAfter from "./time/next-update-after-ca-not-after.ts";
import timeNextUpdateBeyond10DaysScopeUnknown from "./time/next-update-beyond-10-days-scope-unknown.ts";
import timeNextUpdateMissing from "./time/next-update-missing.ts";
import timeNextUpdateNotAfterThisUpdate from "./time/next-update-not-after-this-update.ts";
import timeNextUpdateTimeType from "./time/next-update-time-type.ts";
import timeNotValidFor from "./time/not-valid-for.ts";
import timeRevocationDateTimeType from "./time/revocation-date-time-type.ts";
import timeSubscriberNextUpdateBeyond10Days from "./time/subscriber-next-update-beyond-10-days.ts";
import timeSubscriberNextUpdateExactly10Days from "./time/subscriber-next-update-exactly-10-days.ts";
import timeThisUpdateAfterCaNotAfter from "./time/this-update-after-ca-not-after.ts";
import timeThisUpdateBeforeCaNotBefore from "./time/this-update-before-ca-not-before.ts";
import timeThisUpdateInFuture from "./time/this-update-in-future.ts";
import timeThisUpdateTimeType from "./time/this-update-time-type.ts";
import timeTimeFraction from "./time/time-fraction.ts";
import timeTimestampNextUpdateBeyond12Months from "./time/timestamp-next-update-beyond-12-months.ts";
import timeUtcTimeForm from "./time/utc-time-form.ts";
import timeValidityVeryLong from "./time/validity-very-long.ts";
import timeValidityVeryShort from "./time/validity-very-short.ts";
import transportCacheBeyondNextUpdate from "./transport/cache-beyond-next-update.ts";
import transportCcadb4Hours from "./transport/ccadb-4-hours.ts";
import transportCcadbFullCrlDiffers from "./transport/ccadb-full-crl-differs.ts";
import transportContentEncoding from "./transport/content-encoding.ts";
import transportContentType from "./transport/content-type.ts";
import transportIdpUrlDiffers from "./transport/idp-url-differs.ts";
import transportLdapAttribute from "./transport/ldap-attribute.ts";
import transportNotDer from "./transport/not-der.ts";
import transportOlderThanKnown from "./transport/older-than-known.ts";
import transportRedirectOrHttps from "./transport/redirect-or-https.ts";
import transportSlowerThan10Seconds from "./transport/slower-than-10-seconds.ts";
import transportSuffixNotCrl from "./transport/suffix-not-crl.ts";
import transportUnavailable from "./transport/unavailable.ts";

const list: readonly AnyRule[] = [
  ...criticality,
  ...signatureParameters,
  aiaEmpty,
  aiaLdapForm,
  aiaNoCaIssuers,
  aiaNoHttpLdap,
  aiaOtherMethod,
  akiDiffersFromCertificates,
  akiEmpty,
  akiIssuerSerialMismatch,
  akiIssuerSerialPair,
  akiIssuerSerialPresent,
  akiKeyIdentifierMissing,
  akiKeyidUnusualLength,
  akiMissing,
  akiNotKeyHash,
  akiSkiMismatch,
  algorithmCaKeyNotPermitted,
  algorithmDiffersFromCaCertificate,
  algorithmEcdsaCurveHashMismatch,
  algorithmHashBasedParamsPresent,
  algorithmHashmldsa,
  algorithmInnerOuterDiffer,
  algorithmKeyTypeMismatch,
  algorithmMd5OrMd2,
  algorithmNotPermitted,
  algorithmPssKeyParamsMismatch,
  algorithmSha1,
  algorithmSlhdsaLargeCrl,
  algorithmUnknown,
  algorithmUnsigned,
  caCrlSignerDifferentKey,
  caExpiredOrRevoked,
  caKeyUsageMissing,
  caKeyUsageWithoutCrlSign,
  caNotACa,
  caOwnDistributionPoint,
  caSubjectKeyIdentifierMissing,
  ccadbArrayMalformed,
  ccadbFullAndPartitioned,
  ccadbRecordsOfOneKeyDiffer,
  ccadbUrlMalformed,
  ccadbUrlMissing,
  ccadbUrlNotDisclosed,
  certificateIssuerDnEncoding,
  certificateIssuerNoDn,
  certificateIssuerRedundant,
  certificateIssuerWithoutIndirect,
  certsCrlIssuerNeedsIndirect,
  certsCrldpMissing,
  certsCrldpNotHttp,
  certsDistributionPointNotInIdp,
  certsGoodListed,
  certsIssuerDiffers,
  certsNeedsAllReasonsDp,
  certsNoRevAvailListed,
  certsReasonsSubset,
  certsRevokedNotListed,
  certsSerialNotByteIdentical,
  certsSerialTwice,
  crlNumberMissing,
  crlNumberNegative,
  crlNumberTooLong,
  deltaBaseIsDelta,
  deltaBaseNotLess,
  deltaBaseNumberNotFound,
  deltaBaseRange,
  deltaDifferentKey,
  deltaEntryMissing,
  deltaGsmaNotAllowed,
  deltaIdpDiffers,
  deltaInsteadOfComplete,
  deltaIssuerDiffers,
  deltaRemoveFromCrlNotHeld,
  deltaRemoveFromCrlUnknownSerial,
  deltaSameNumberSameInfo,
  deltaSharedNumbering,
  deltaThisUpdateBeforeBase,
  derBitStringUnusedBitsNonzero,
  derBitStringUnusedCount,
  derBmpUniversalTeletexMalformed,
  derBooleanLength,
  derBooleanTrueNotFf,
  derConstructedString,
  derDefaultValueEncoded,
  derExtensionValueTrailingData,
  derHighTagForm,
  derIa5StringCharset,
  derIndefiniteLength,
  derIntegerEmpty,
  derIntegerNotMinimal,
  derLengthNotMinimal,
  derLengthPastParent,
  derNamedBitListTrailingZeros,
  derNullNotEmpty,
  derOidNotMinimal,
  derOidOverLimit,
  derPrintableStringCharset,
  derPrivateExtensionNotDer,
  derReservedLengthOctet,
  derSequenceSetMustBeConstructed,
  derSetOfOrder,
  derTimeInvalidCalendar,
  derTimeNotZ,
  derTimeSecondsMissing,
  derUnexpectedElement,
  derUtf8StringInvalid,
  entryExtensionBelongsToCrl,
  entryExtensionDuplicate,
  entryExtensionIcaoNotAllowed,
  entryExtensionListEmpty,
  entryExtensionNotRecommended,
  entryExtensionUnknownCritical,
  entryCaOwnSerial,
  entryListEmpty,
  entryManyWithExtensions,
  entryRevocationDateAfterCertNotAfter,
  entryRevocationDateAfterNextUpdate,
  entryRevocationDateAfterThisUpdate,
  entryRevocationDateBeforeCa,
  entryRevocationDateBeforeCertNotBefore,
  entryRevocationDateImplausible,
  entryRpkiFields,
  entrySerialListedTwice,
  entrySerialNotPositive,
  entrySerialTooLong,
  expiredCertsBeforeCa,
  expiredCertsInFuture,
  expiredCertsInconsistent,
  expiredCertsNotAllowed,
  expiredCertsNotGeneralizedTime,
  expiredCertsRequired,
  extensionBelongsToCertificate,
  extensionDuplicate,
  extensionIcaoNotAllowed,
  extensionListEmpty,
  extensionListMissing,
  extensionNotRecommended,
  extensionRpkiNotAllowed,
  extensionUnknown,
  extensionUnknownCritical,
  freshestCrlEmpty,
  freshestCrlInDelta,
  freshestCrlNameRelative,
  freshestCrlNoDp,
  freshestCrlReasonsOrCrlIssuer,
  generalNameDirectoryNameAttribute,
  generalNameDpNoHttpOrLdap,
  generalNameEmpty,
  generalNameHttpsUri,
  generalNameIdnNotALabel,
  generalNameIpAddressLength,
  generalNameLdapCrldpForm,
  generalNameUriHostNotFqdn,
  generalNameUriInvalidCharacters,
  generalNameUriNotAbsolute,
  holdInstructionNone,
  holdInstructionObsolete,
  holdInstructionWithoutHold,
  idpAttributeCerts,
  idpDpAbsentNotComplete,
  idpDuplicateUri,
  idpEmptySequence,
  idpFlagContradictsCert,
  idpFullNameEmpty,
  idpFullNameMissing,
  idpIndirectCrl,
  idpIndirectFlagWrong,
  idpIndirectWithoutEntries,
  idpMissingOnPartition,
  idpMultipleContainsFlags,
  idpNameRelative,
  idpNonUri,
  idpOnFullCrl,
  idpOnlyContainsCaCertsRequired,
  idpOnlyContainsUserCertsRequired,
  idpOnlySomeReasonsEmpty,
  idpOnlySomeReasonsRecommendedAgainst,
  idpOnlySomeReasonsUndefinedBits,
  idpV1Certs,
  inputBase64Invalid,
  inputBase64PadBits,
  inputContentNotCertificateList,
  inputExplanatoryTextOrHeaders,
  inputExtraneousWhitespace,
  inputLabelNotX509Crl,
  inputLineLengthNot64,
  inputMultipleObjects,
  inputNotACrl,
  inputOverLimit,
  inputTbsWasDiffers,
  inputTrailingData,
  inputTruncated,
  inputVeryLarge,
  invalidityDateAfterRevocationDate,
  invalidityDateDiffersFromRevocationDate,
  invalidityDateForm,
  invalidityDateInFuture,
  issuerAltNameEmpty,
  issuerCountryMissing,
  issuerEmpty,
  issuerNameAttributeDuplicate,
  issuerNameAttributeEncoding,
  issuerNameAttributeOrder,
  issuerNameCollision,
  issuerNameCountry,
  issuerNameDcIdn,
  issuerNameEmptyRdn,
  issuerNameEmptyValue,
  issuerNameFixedStringTypes,
  issuerNameLegacyStringType,
  issuerNameOneAtavPerRdn,
  issuerNameUpperBound,
  issuerNameWhitespace,
  issuerNotByteIdentical,
  issuerNotPrintableString,
  issuerRpkiName,
  manifestCrlNotListed,
  manifestNextUpdateDiffers,
  manifestNotOneCrl,
  otherExtensionAaIdp,
  otherExtensionAltSignature,
  otherExtensionCaVersion,
  otherExtensionCrlStreamIdentifier,
  otherExtensionGsmaPartial,
  otherExtensionLegacyVendor,
  otherExtensionNextCrlPublish,
  otherExtensionNextCrlPublishForm,
  otherExtensionOrderedList,
  otherExtensionTobeRevokedGroups,
  reasonAaCompromise,
  reasonCaCompromiseOnSubscriber,
  reasonCertificateHold,
  reasonFpkiHold,
  reasonFpkiHoldOnExpired,
  reasonHoldOnCa,
  reasonHoldOnStrictSmime,
  reasonKeyCompromiseOnCa,
  reasonMissing,
  reasonMissingOnCaEntry,
  reasonMissingOnSubscriberEntry,
  reasonNotEnumerated,
  reasonNotPermitted,
  reasonOutsideOnlySomeReasons,
  reasonRemoveFromCrlInFull,
  reasonUndefinedValue,
  reasonUnspecified,
  reasonUnspecifiedOnCaEntry,
  reasonValue7,
  reasonWeakAlgorithm,
  sequenceAlgorithmChanged,
  sequenceEntryRemovedEarly,
  sequenceEtsiCaCrlAfterRevocation,
  sequenceEtsiInterval24Hours,
  sequenceExpiredEntryDropped,
  sequenceExpiredEntryKept,
  sequenceFpkiInterval,
  sequenceHoldReleased,
  sequenceIcaoInterval90Days,
  sequenceIdpChanged,
  sequenceIntervalBeyond12Months,
  sequenceIntervalBeyond7Days,
  sequenceIssuedLate,
  sequenceIssuerOrAkiChanged,
  sequenceManyEntriesAdded,
  sequenceManyEntriesRemoved,
  sequenceNextUpdateDecreased,
  sequenceNumberNotIncreasing,
  sequenceOtherCa,
  sequenceReasonChanged,
  sequenceRevocationDateBeforeEarlierCrl,
  sequenceRevocationDateChanged,
  sequenceRevocationPublishedLate,
  sequenceSameCrl,
  sequenceSameNumberDifferentContent,
  sequenceThisUpdateDecreased,
  setBaseWithoutDelta,
  setCaCertificateUnused,
  setCaWithoutCrl,
  setCertificateOfAnotherCa,
  setDeltaNotLinked,
  setDeltaWithoutBase,
  setPartitionsWithoutIdp,
  setSerialInSeveralCas,
  shardsCcadbJsonArray,
  shardsDifferentCa,
  shardsEntryInWrongShard,
  shardsIdpUriOverlap,
  shardsInconsistentFlags,
  shardsSerialInTwo,
  shardsShardsMustCoverAll,
  signatureDummy,
  signatureEcdsaNotDer,
  signatureEddsaLength,
  signatureInvalid,
  signatureMalformedValue,
  signaturePqcLength,
  structureCertificateList,
  structureEntry,
  structureExtension,
  structureSignatureNotOctets,
  structureTbsCertList,
  structureVersionMissing,
  structureVersionNotV2,
  timeCaNextUpdateBeyond12Months,
  timeCaNextUpdateExactly12Months,
  timeEtsiCaCrlBeyond1Year,
  timeEtsiCrossCaCrlBeyond31Days,
  timeExpired,
  timeFpkiNextUpdateLimit,
  timeGeneralizedTimeForm,
  timeLastCrlWithOpenCertificates,
  timeNextUpdateAfterCaNotAfter,
  timeNextUpdateBeyond10DaysScopeUnknown,
  timeNextUpdateMissing,
  timeNextUpdateNotAfterThisUpdate,
  timeNextUpdateTimeType,
  timeNotValidFor,
  timeRevocationDateTimeType,
  timeSubscriberNextUpdateBeyond10Days,
  timeSubscriberNextUpdateExactly10Days,
  timeThisUpdateAfterCaNotAfter,
  timeThisUpdateBeforeCaNotBefore,
  timeThisUpdateInFuture,
  timeThisUpdateTimeType,
  timeTimeFraction,
  timeTimestampNextUpdateBeyond12Months,
  timeUtcTimeForm,
  timeValidityVeryLong,
  timeValidityVeryShort,
  transportCacheBeyondNextUpdate,
  transportCcadb4Hours,
  transportCcadbFullCrlDiffers,
  transportContentEncoding,
  transportContentType,
  transportIdpUrlDiffers,
  transportLdapAttribute,
  transportNotDer,
  transportOlderThanKnown,
  transportRedirectOrHttps,
  transportSlowerThan10Seconds,
  transportSuffixNotCrl,
  transportUnavailable,
];

/** All rules, by id. */
export const rules: readonly AnyRule[] = list.toSorted((a, b) => (a.id < b.id ? -1 : 1));
