/// The controls that the catalogue speaks of, each once. A number that does not stand here cannot
/// be cited: a test holds that every one that does is.
package enum ControlRegister {
  package static func control(_ framework: ControlFramework, _ number: String) -> Control? {
    controls.first { $0.framework == framework && $0.number == number }
  }

  package static let controls: [Control] = [
    (ControlFramework.soc2, soc2), (.iso27001, iso27001), (.iso42001, iso42001),
    (.owaspLLM, owaspLLM), (.nistCSF, nistCSF),
  ].flatMap { framework, rows in
    rows.map { Control(framework: framework, number: $0.0, title: $0.1) }
  }

  /// In words of ours: the criteria are sentences.
  private static let soc2 = [
    ("CC2.3", "Communication with external parties"),
    ("CC6.1", "Logical access to protected information assets"),
    ("CC6.2", "Credentials issued, and withdrawn when access is no longer authorised"),
    ("CC6.3", "Access by role, least privilege and segregation of duties"),
    ("CC6.6", "Protection against threats from outside the system's boundaries"),
    ("CC6.7", "Transmission, movement and removal of information restricted"),
    ("CC7.4", "Response to security incidents"),
    ("CC9.2", "Risks of vendors and business partners"),
    ("A1.1", "Capacity to meet the objectives of availability"),
    ("A1.2", "Recovery infrastructure and back-up processes"),
    ("C1.1", "Confidential information identified and protected"),
    ("C1.2", "Confidential information disposed of"),
    ("PI1.3", "Processing complete, valid, accurate and timely"),
    ("PI1.4", "Output complete, accurate and delivered to whom it is meant for"),
    ("PI1.5", "Storage of inputs, items in process and outputs"),
  ]

  private static let iso27001 = [
    ("A.5.14", "Information transfer"),
    ("A.5.15", "Access control"),
    ("A.5.16", "Identity management"),
    ("A.5.17", "Authentication information"),
    ("A.5.18", "Access rights"),
    ("A.5.19", "Information security in supplier relationships"),
    ("A.5.20", "Addressing information security within supplier agreements"),
    ("A.5.22", "Monitoring, review and change management of supplier services"),
    ("A.5.23", "Information security for use of cloud services"),
    ("A.5.29", "Information security during disruption"),
    ("A.5.34", "Privacy and protection of PII"),
    ("A.8.3", "Information access restriction"),
    ("A.8.5", "Secure authentication"),
    ("A.8.6", "Capacity management"),
    ("A.8.10", "Information deletion"),
    ("A.8.12", "Data leakage prevention"),
    ("A.8.14", "Redundancy of information processing facilities"),
    ("A.8.15", "Logging"),
    ("A.8.21", "Security of network services"),
    ("A.8.24", "Use of cryptography"),
  ]

  private static let iso42001 = [
    ("A.4.5", "System and computing resources"),
    ("A.6.2.4", "AI system verification and validation"),
    ("A.6.2.6", "AI system operation and monitoring"),
    ("A.6.2.8", "AI system recording of event logs"),
    ("A.8.2", "System documentation and information for users"),
    ("A.8.5", "Information for interested parties"),
    ("A.10.2", "Allocating responsibilities"),
    ("A.10.3", "Suppliers"),
    ("A.10.4", "Customers"),
  ]

  private static let owaspLLM = [
    ("LLM01:2025", "Prompt injection"),
    ("LLM02:2025", "Sensitive information disclosure"),
    ("LLM03:2025", "Supply chain"),
    ("LLM08:2025", "Vector and embedding weaknesses"),
    ("LLM10:2025", "Unbounded consumption"),
  ]

  /// In words of ours: the subcategories are sentences.
  private static let nistCSF = [
    ("GV.SC-05", "Requirements on suppliers, and in their contracts"),
    ("GV.SC-07", "Risks of suppliers monitored over the relationship"),
    ("GV.SC-10", "What is done after the end of a supplier's service"),
    ("ID.AM-03", "Network communication and data flows represented"),
    ("PR.AA-01", "Identities and credentials managed"),
    ("PR.AA-03", "Users, services and hardware authenticated"),
    ("PR.AA-04", "Identity assertions protected, conveyed and verified"),
    ("PR.AA-05", "Access permissions enforced, least privilege, separation of duties"),
    ("PR.DS-01", "Data at rest protected"),
    ("PR.DS-02", "Data in transit protected"),
    ("PR.DS-10", "Data in use protected"),
    ("PR.IR-03", "Resilience in normal and adverse situations"),
    ("PR.IR-04", "Capacity for availability"),
    ("PR.PS-04", "Log records generated and made available"),
    ("DE.CM-06", "Activities of external service providers monitored"),
  ]
}
