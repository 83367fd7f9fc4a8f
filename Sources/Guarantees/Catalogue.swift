/// The promises that are judged, in the order of every report.
package enum Catalogue {
  package static let guarantees: [Guarantee] = [
    DirectBilling.guarantee,
    InstantRevocation.guarantee,
    NoCallsAfterRevocation.guarantee,
    NoPooling.guarantee,
    UsageVisibility.guarantee,
    EncryptedCustody.guarantee,
    JustInTimeRetrieval.guarantee,
    UninterruptedRotation.guarantee,
    RotationWithoutLoss.guarantee,
    AzureParity.guarantee,
    RightDestination.guarantee,
    LatencyNeutrality.guarantee,
    AuthenticatedCallers.guarantee,
    DepartmentIsolation.guarantee,
    TenantIsolation.guarantee,
    DeploymentModel.guarantee,
  ]

  package static func guarantee(_ id: String) -> Guarantee? {
    guarantees.first { $0.id == id }
  }
}
