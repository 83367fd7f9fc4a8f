import Secrets

extension Vendor {
  /// Modelled on prometheus-community/elasticsearch_exporter #263: what tells one series from
  /// another has a credential in it, and whoever reads the metrics reads that.
  package static let countsByTheKey = Vendor(
    name: "counts-by-the-key",
    kind: .rogue(breaks: ["encrypted-custody", "engineer-exclusion"]),
    summary: "Has metrics that tell customers' keys apart by the keys themselves.",
    incident: "prometheus-community/elasticsearch_exporter #263",
    triedIn: ["custody/engineer-looks-around.yaml"]
  ) { setup in
    try setup.program(showingKeysAt: "/metrics") { keys in
      "# TYPE key_installed gauge\n"
        + keys.map { tenant, key in
          key?.reveal { "key_installed{tenant=\"\(tenant)\",key=\"\($0)\"} 1\n" } ?? ""
        }.joined()
    }
  }
}
