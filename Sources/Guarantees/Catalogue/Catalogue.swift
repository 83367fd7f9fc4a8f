/// The promises that are judged, in the order of every report, and all that is known of each.
package enum Catalogue {
  package static let guarantees: [Guarantee] = [
    DirectBilling.guarantee,
    InstantRevocation.guarantee,
    NoCallsAfterRevocation.guarantee,
    NoPooling.guarantee,
    UsageVisibility.guarantee,
    EncryptedCustody.guarantee,
    JustInTimeRetrieval.guarantee,
    EngineerExclusion.guarantee,
    UninterruptedRotation.guarantee,
    RotationWithoutLoss.guarantee,
    AzureParity.guarantee,
    RightDestination.guarantee,
    LatencyNeutrality.guarantee,
    AuthenticatedCallers.guarantee,
    DepartmentIsolation.guarantee,
    TenantIsolation.guarantee,
    DeploymentModel.guarantee,
    NoQueryLogging.guarantee,
  ]

  package static func guarantee(_ id: String) -> Guarantee? {
    guarantees.first { $0.id == id }
  }

  /// Every promise, in the order of `guarantees`, and after them the limits.
  package static let entries: [CatalogueEntry] = {
    let written = money + revocation + custody + rotation + people + models
    return guarantees.compactMap { guarantee in written.first { $0.id == guarantee.id } } + limits
  }()

  package static func entry(_ id: String) -> CatalogueEntry? {
    entries.first { $0.id == id }
  }
}
