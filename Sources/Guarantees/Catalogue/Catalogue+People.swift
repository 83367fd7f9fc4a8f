extension Catalogue {
  /// Who may ask, and who may see.
  static let people = [
    CatalogueEntry(
      AuthenticatedCallers.guarantee,
      exercised: "Callers with forged, expired and misaddressed tokens knock, messages are "
        + "delivered twice, and genuine people ask beside them.",
      supports: [
        .soc2("CC6.1", "CC6.6", shows: "that callers who are not genuine are refused"),
        .iso27001("A.5.16", "A.8.5", shows: "that callers prove who they are"),
        .iso42001("A.6.2.4", shows: "that refusals were tested, with genuine callers beside them"),
        .owaspLLM("LLM10:2025", shows: "that strangers cannot spend the customer's tokens"),
        .nistCSF("PR.AA-03", "PR.AA-04", shows: "that tokens are verified in every part"),
      ]
    ),
    CatalogueEntry(
      DepartmentIsolation.guarantee,
      exercised: "Somebody asks while there are documents that they may not read, and somebody who "
        + "may read them gets them. Some stories are played twice with other documents, and what "
        + "outsiders see is compared.",
      supports: [
        .soc2("CC6.3", "C1.1", shows: "that access follows the department"),
        .iso27001("A.5.15", "A.8.3", shows: "that retrieval keeps to the rights of the reader"),
        .iso42001("A.6.2.4", shows: "that isolation was tested against a worst-case model"),
        .owaspLLM(
          "LLM01:2025",
          "LLM02:2025",
          "LLM08:2025",
          shows: "that prompts and replies hold nothing that the reader may not see"
        ),
        .nistCSF("PR.AA-05", shows: "that permissions are enforced on every path"),
      ]
    ),
    CatalogueEntry(
      TenantIsolation.guarantee,
      exercised: "At least two customers ask while the other's documents exist, and each gets "
        + "its own. One story is played twice with all exchanged that is one customer's, and what "
        + "the other sees is compared.",
      supports: [
        .soc2("CC6.1", "C1.1", shows: "that customers are kept apart"),
        .iso27001("A.5.23", "A.8.3", shows: "that a shared service separates its customers"),
        .iso42001("A.10.4", shows: "that a customer's data serve that customer"),
        .owaspLLM("LLM02:2025", "LLM08:2025", shows: "that nothing crosses between customers"),
        .nistCSF("PR.AA-05", "PR.DS-10", shows: "that data in use stay with their owner"),
      ]
    ),
    CatalogueEntry(
      LatencyNeutrality.guarantee,
      exercised: "The same questions run on the customer's key and on the vendor's own, in pairs, "
        + "over real sockets, with controls that must come out equal and slower.",
      supports: [
        .soc2("A1.1", shows: "what the customer's key costs in time"),
        .iso27001("A.8.6", shows: "how the service performs, with margins fixed beforehand"),
        .iso42001("A.6.2.4", shows: "that performance was validated by criteria set beforehand"),
        .nistCSF("PR.IR-04", shows: "that the way of paying takes nothing from the capacity"),
      ]
    ),
  ]
}
