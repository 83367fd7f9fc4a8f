extension OrchestratorConfiguration {
  /// The pages for administrators and engineers.
  package struct Dashboard: Codable, Sendable {
    /// The address under which browsers reach this program; `https://` and the public host where
    /// nothing is said. Cookies are for secure connections alone unless it begins with `http://`.
    package var address: String?
    /// From signing in until the session ends, whatever happens in between.
    package var sessionMinutes = 480
    /// Refused sign-ins to one account until it is closed for a while.
    package var refusedSignIns = 5
    package var closedMinutes = 15
    /// Refused sign-ins a minute, to all accounts together: what guessing may cost this program.
    package var refusedSignInsPerMinute = 60
    /// What one guess at a password costs: scrypt with two to this power of rounds.
    package var passwordCost = 15

    package init() {}

    package init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      address = try container.decodeIfPresent(String.self, forKey: .address)
      try container.read(&sessionMinutes, .sessionMinutes)
      try container.read(&refusedSignIns, .refusedSignIns)
      try container.read(&closedMinutes, .closedMinutes)
      try container.read(&refusedSignInsPerMinute, .refusedSignInsPerMinute)
      try container.read(&passwordCost, .passwordCost)
    }
  }
}
