/// A catalogue of controls that auditors work with.
package enum ControlFramework: String, Sendable, Codable, CaseIterable {
  case soc2 = "soc-2"
  case iso27001 = "iso-27001"
  case iso42001 = "iso-42001"
  case owaspLLM = "owasp-llm"
  case nistCSF = "nist-csf"

  /// For a list of numbers.
  package var shortTitle: String {
    switch self {
    case .soc2: "SOC 2"
    case .iso27001: "ISO/IEC 27001"
    case .iso42001: "ISO/IEC 42001"
    case .owaspLLM: "OWASP LLM"
    case .nistCSF: "NIST CSF"
    }
  }

  /// With its edition: numbers mean other things in others.
  package var title: String {
    switch self {
    case .soc2: "SOC 2 trust services criteria (2017, points of focus of 2022)"
    case .iso27001: "ISO/IEC 27001:2022, Annex A"
    case .iso42001: "ISO/IEC 42001:2023, Annex A"
    case .owaspLLM: "OWASP Top 10 for LLM applications, 2025"
    case .nistCSF: "NIST Cybersecurity Framework 2.0"
    }
  }
}

/// One control of a framework.
package struct Control: Sendable, Hashable, Codable {
  package var framework: ControlFramework
  /// As the framework numbers it.
  package var number: String
  /// What it is about, in a few words of ours or its own heading.
  package var title: String
}

/// Controls for which the verdict on a promise is support for evidence. It is never more than that:
/// whether a control is in place is for an auditor to say, of an organisation and not of a program.
package struct ControlSupport: Sendable {
  package var framework: ControlFramework
  package var numbers: [String]
  /// What the verdict shows that bears on them; goes on after "shows".
  package var evidence: String

  static func soc2(_ numbers: String..., shows evidence: String) -> Self {
    Self(.soc2, numbers, evidence)
  }

  static func iso27001(_ numbers: String..., shows evidence: String) -> Self {
    Self(.iso27001, numbers, evidence)
  }

  static func iso42001(_ numbers: String..., shows evidence: String) -> Self {
    Self(.iso42001, numbers, evidence)
  }

  static func owaspLLM(_ numbers: String..., shows evidence: String) -> Self {
    Self(.owaspLLM, numbers, evidence)
  }

  static func nistCSF(_ numbers: String..., shows evidence: String) -> Self {
    Self(.nistCSF, numbers, evidence)
  }

  private init(_ framework: ControlFramework, _ numbers: [String], _ evidence: String) {
    self.framework = framework
    self.numbers = numbers
    self.evidence = evidence
  }

  package var controls: [Control] {
    numbers.compactMap { ControlRegister.control(framework, $0) }
  }

  /// What a report may say, and no more.
  package static let disclaimer =
    "Support for evidence, never compliance: a verdict speaks of one program in the stories that "
    + "were played, a control of an organisation."
}
