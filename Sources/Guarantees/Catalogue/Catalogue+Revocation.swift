extension Catalogue {
  /// What the customer's *stop* does.
  static let revocation = [
    CatalogueEntry(
      InstantRevocation.guarantee,
      exercised: "A key that had served is deleted, replaced or removed, and people go on asking.",
      supports: [
        .soc2("CC6.2", "CC7.4", shows: "that a withdrawn credential ends access at once"),
        .iso27001("A.5.17", "A.5.18", shows: "that access rights end when they are withdrawn"),
        .iso42001("A.10.4", shows: "that the customer's decision takes effect, and users are told"),
        .nistCSF("PR.AA-01", shows: "that revoked credentials work no more"),
      ]
    ),
    CatalogueEntry(
      NoCallsAfterRevocation.guarantee,
      exercised: "A key that had served is revoked, people go on asking, and every call to a model "
        + "is counted, whatever credential it carries.",
      supports: [
        .soc2("CC6.2", "CC9.2", shows: "that the vendor has no other way to go on"),
        .iso27001("A.5.18", "A.5.20", shows: "that an agreed end of access is kept"),
        .iso42001("A.10.2", shows: "that the customer, not the vendor, decides on processing"),
        .owaspLLM("LLM10:2025", shows: "that retries and background work end with the key"),
        .nistCSF("GV.SC-10", shows: "that processing ends when the relationship does"),
      ]
    ),
  ]

  /// Keys change, and nothing is lost.
  static let rotation = [
    CatalogueEntry(
      UninterruptedRotation.guarantee,
      exercised: "A new key is installed while the old one lives, the old one ends, and people ask "
        + "before and after.",
      supports: [
        .soc2("A1.2", "CC6.1", shows: "that credentials can be changed without an outage"),
        .iso27001("A.5.17", shows: "that authentication information can be changed regularly"),
        .iso42001("A.6.2.6", shows: "that operation goes on through a change of keys"),
        .nistCSF("PR.AA-01", "PR.IR-03", shows: "that a rotation does not interrupt the service"),
      ]
    ),
    CatalogueEntry(
      RotationWithoutLoss.guarantee,
      exercised: "A key ends before its successor is installed, or the vendor crashes or is "
        + "restarted, while people ask.",
      supports: [
        .soc2("A1.2", "PI1.5", shows: "that nothing accepted is lost over an interruption"),
        .iso27001("A.5.29", "A.8.14", shows: "how the service comes through a disruption"),
        .iso42001("A.6.2.6", shows: "that operation recovers, and how soon"),
        .nistCSF("PR.IR-03", shows: "how the service comes through adverse situations"),
      ]
    ),
  ]
}
