extension Catalogue {
  /// Where the key lies, and where it travels.
  static let custody = [
    CatalogueEntry(
      EncryptedCustody.guarantee,
      exercised: "A key is installed and used; every file, log, reply, page, request and process "
        + "table that the vendor leaves is then searched for its value, whole or in part, in the "
        + "clear and in every usual encoding. One story is played twice with other values of the "
        + "keys, and what people see is compared.",
      supports: [
        .soc2("CC6.1", "C1.1", shows: "that the credential was found nowhere outside of its safe"),
        .iso27001("A.5.17", "A.8.12", "A.8.24", shows: "that the credential does not leak"),
        .iso42001("A.6.2.4", shows: "that a stated property was tested, also under faults"),
        .owaspLLM("LLM02:2025", shows: "that no output or log discloses the credential"),
        .nistCSF("PR.DS-01", "PR.DS-10", shows: "that the credential is not kept in the clear"),
      ]
    ),
    CatalogueEntry(
      JustInTimeRetrieval.guarantee,
      exercised: "An external secret manager keeps the key; its own access log is set against the "
        + "provider's calls, and the key is changed past the vendor.",
      supports: [
        .soc2("CC6.1", shows: "when, and for what, the credential is taken out"),
        .iso27001("A.5.17", "A.8.24", shows: "that the credential is held no longer than needed"),
        .iso42001("A.6.2.8", shows: "that each use of the credential is on record"),
        .nistCSF("PR.DS-10", shows: "that the credential is in use for the moment of a call only"),
      ]
    ),
    CatalogueEntry(
      EngineerExclusion.guarantee,
      exercised: "An engineer of the vendor signs in while the key is in use, and looks at status, "
        + "configuration, log, operators' endpoints and a database shell; of a process also at its "
        + "environment and arguments.",
      supports: [
        .soc2("CC6.1", "CC6.3", shows: "that those who run the service do not see the credential"),
        .iso27001("A.5.15", "A.5.17", "A.8.3", shows: "that the credential is kept from engineers"),
        .iso42001("A.6.2.6", shows: "that operating the system does not need the credential"),
        .nistCSF("PR.AA-05", shows: "that running the service does not give access to the key"),
      ]
    ),
    CatalogueEntry(
      RightDestination.guarantee,
      exercised: "Requests with a key are seen on the wire, redirects and side calls included.",
      supports: [
        .soc2("CC6.7", "CC6.6", shows: "that the credential leaves for one destination only"),
        .iso27001("A.5.14", "A.8.21", shows: "that the credential travels where it was meant to"),
        .iso42001("A.10.3", shows: "which suppliers the program really calls"),
        .owaspLLM("LLM02:2025", "LLM03:2025", shows: "that no third party is given the credential"),
        .nistCSF("PR.DS-02", "ID.AM-03", shows: "the flows in which the credential took part"),
      ]
    ),
  ]
}
