extension Catalogue {
  /// Who pays, and where it shows.
  static let money = [
    CatalogueEntry(
      DirectBilling.guarantee,
      exercised: "People get answers; afterwards the provider's ledger and the vendor's invoices "
        + "are read and set against the calls that were seen.",
      supports: [
        .soc2("PI1.3", "CC9.2", shows: "that what is charged is what was processed, call by call"),
        .iso27001("A.5.22", shows: "that a supplier's charges agree with its service as observed"),
        .iso42001("A.10.3", shows: "that the costs of a supplied model can be traced to its use"),
        .owaspLLM("LLM10:2025", shows: "that no consumption happens beside the customer's books"),
        .nistCSF("GV.SC-07", "DE.CM-06", shows: "what the vendor did at the customer's cost"),
      ]
    ),
    CatalogueEntry(
      NoPooling.guarantee,
      exercised: "Keys of at least two owners exist, and calls with a customer's texts are seen.",
      supports: [
        .soc2("CC6.1", "C1.1", shows: "that customers are kept apart by the credentials in use"),
        .iso27001("A.5.17", "A.5.23", shows: "that one customer's credential serves no other"),
        .iso42001("A.10.4", shows: "that a customer's resources serve that customer"),
        .owaspLLM("LLM02:2025", shows: "that no text of a customer runs under a foreign account"),
        .nistCSF("PR.AA-01", shows: "that each credential is used for its owner alone"),
      ]
    ),
    CatalogueEntry(
      UsageVisibility.guarantee,
      exercised: "Calls cost tokens on a customer's key; afterwards the provider's usage and cost "
        + "interfaces and the vendor's usage page are read.",
      supports: [
        .soc2("PI1.4", shows: "that reports of usage are complete and exact"),
        .iso27001("A.5.22", "A.8.15", shows: "that the use of the service can be reviewed"),
        .iso42001("A.6.2.6", "A.6.2.8", shows: "that the operation leaves records to look at"),
        .owaspLLM("LLM10:2025", shows: "that consumption is visible to whoever pays for it"),
        .nistCSF("DE.CM-06", shows: "that the customer can monitor what the vendor spends"),
      ]
    ),
    CatalogueEntry(
      AzureParity.guarantee,
      exercised: "An administrator installs a key of an Azure OpenAI resource; completions and "
        + "embeddings follow, and the resource's books are read.",
      supports: [
        .soc2("CC6.7", shows: "that texts go to the resource that the customer chose"),
        .iso27001("A.5.14", "A.5.23", shows: "that a chosen cloud service is the one in use"),
        .iso42001("A.4.5", "A.10.3", shows: "which computing resource answered"),
        .owaspLLM("LLM03:2025", shows: "that the model's supplier is the one agreed on"),
        .nistCSF("PR.DS-02", "ID.AM-03", shows: "where the data went"),
      ]
    ),
  ]
}
