extension Catalogue {
  /// What the vendor says that it is.
  static let models = [
    CatalogueEntry(
      DeploymentModel.guarantee,
      exercised: "A customer's completions and embeddings are seen, with the keys and hosts that "
        + "they used, and the vendor's invoices are read.",
      supports: [
        .soc2("CC2.3", "CC9.2", shows: "that what the vendor says of its service is what it does"),
        .iso27001("A.5.19", "A.5.22", shows: "that a supplier's service is as it was described"),
        .iso42001("A.8.2", "A.10.2", shows: "that the division of responsibilities is real"),
        .owaspLLM("LLM03:2025", shows: "whose accounts and hosts are in the chain"),
        .nistCSF("GV.SC-07", "ID.AM-03", shows: "the model of service by its wires alone"),
      ]
    ),
    CatalogueEntry(
      NoQueryLogging.guarantee,
      exercised: "A vendor is bound by contract, and people get answers; while it works, and when "
        + "all is over, its files and logs are searched for questions, answers and retrieved "
        + "texts, and so is what it sends to strangers.",
      supports: [
        .soc2("C1.1", "C1.2", shows: "that confidential texts are gone when they have served"),
        .iso27001("A.8.10", "A.8.15", shows: "that texts are deleted, and stand in no log"),
        .iso42001("A.6.2.8", shows: "that event logs do without what people asked"),
        .owaspLLM("LLM02:2025", shows: "that no log discloses what people asked"),
        .nistCSF("PR.DS-01", "PR.PS-04", shows: "what stays at rest, and what log records hold"),
      ]
    ),
  ]

  /// What no key can change; a report shows the data that was seen there.
  static let limits = [
    CatalogueEntry(
      limit: "vendor-in-the-path",
      statement: "Messages pass through the vendor's servers for sign-in and retrieval, whoever "
        + "owns the key.",
      source: "Your messages bypass the vendor's application servers - they still do auth and RAG",
      meaning: "The vendor can read what people ask and what they are answered, and must be "
        + "trusted, or contracted, accordingly.",
      claims: .outsideOfCustomersNetwork,
      exercised: "Somebody asks: the report's map of the data shows questions, answers and askers "
        + "at the vendor.",
      supports: [
        .soc2("CC9.2", shows: "which data a vendor handles"),
        .iso27001("A.5.19", "A.5.20", shows: "what an agreement with the vendor has to cover"),
        .iso42001("A.8.5", "A.10.2", shows: "who processes what"),
        .nistCSF("ID.AM-03", "GV.SC-05", shows: "the flow of questions and answers"),
      ]
    ),
    CatalogueEntry(
      limit: "provider-processes-data",
      statement: "The model's provider receives and processes every prompt that is sent to it.",
      source: "OpenAI never processes your data - they still receive and respond to the API call",
      meaning: "The provider's terms for its API apply to every question and to every passage that "
        + "was retrieved for it.",
      claims: .outsideOfCustomersNetwork,
      exercised: "A call is made: the report's map of the data shows the questions and texts that "
        + "were recognised in its prompt.",
      supports: [
        .soc2("CC9.2", shows: "which data a sub-processor receives"),
        .iso27001("A.5.14", "A.5.34", shows: "which texts are handed on"),
        .iso42001("A.10.3", shows: "what the model's supplier is given"),
        .owaspLLM("LLM02:2025", shows: "what a prompt carries out"),
        .nistCSF("ID.AM-03", shows: "the flow of prompts"),
      ]
    ),
    CatalogueEntry(
      limit: "no-data-sovereignty",
      statement: "Bringing a key is not data sovereignty: the vendor's program still handles the "
        + "messages.",
      source: "Complete data sovereignty - the app layer still processes your messages",
      meaning: "Who must keep data within its own walls needs a self-hosted deployment, not a key "
        + "of its own.",
      claims: .outsideOfCustomersNetwork,
      exercised: "The report's map of the data shows what was seen outside of the customer's "
        + "network; a self-hosted deployment is the contrast.",
      supports: [
        .soc2("CC6.7", shows: "that data leave the customer's network"),
        .iso27001("A.5.14", "A.5.23", shows: "where data are processed"),
        .iso42001("A.8.5", shows: "what interested parties have to know of the processing"),
        .nistCSF("ID.AM-03", shows: "the zones that data pass through"),
      ]
    ),
    CatalogueEntry(
      limit: "vendor-can-log",
      statement: "A vendor can log questions in its own systems unless a contract forbids it.",
      source: "The vendor cannot log your queries in their own systems - they can unless "
        + "contractually prohibited",
      meaning: "Only a contract, and a look at the vendor's disks and logs, can say that questions "
        + "are not kept.",
      claims: .outsideOfCustomersNetwork,
      exercised: "Without a contract, people get answers; when all is over, the vendor's files and "
        + "logs are searched for what they asked, and it stands there in the clear.",
      supports: [
        .soc2("C1.1", "CC9.2", shows: "what an agreement on confidentiality has to cover"),
        .iso27001("A.5.20", "A.8.15", shows: "what an agreement on logging has to cover"),
        .iso42001("A.6.2.8", shows: "what event logs may come to hold"),
        .owaspLLM("LLM02:2025", shows: "a place at which questions may be disclosed"),
        .nistCSF("GV.SC-05", "PR.PS-04", shows: "what to demand of a supplier's log records"),
      ]
    ),
  ]
}
