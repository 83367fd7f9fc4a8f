/// Who may import whom: the arrows of the design, which point one way.
enum ImportRule {
  /// Modules of ours, each with those of ours that it may import, all of which stand before it.
  static let arrows: [(module: String, allowed: Set<String>)] = [
    ("Secrets", []),
    ("Wire", ["Secrets"]),
    ("Worlds", []),
    // The vendor's product: it knows nothing of the harness, and cannot tell that it is watched.
    ("Orchestrator", ["Secrets", "Wire", "Worlds"]),
    ("Providers", ["Secrets", "Wire", "Worlds"]),
    ("ChatPlatforms", ["Secrets", "Wire", "Worlds"]),
    ("SecretManagers", ["Secrets", "Wire", "Worlds"]),
    ("Rogues", ["Secrets", "Wire", "Worlds", "Orchestrator"]),
    // What is seen from outside never asks the vendor or a mock.
    ("Evidence", ["Secrets", "Worlds"]),
    // Verdicts are functions of a history and of nothing else.
    ("Guarantees", ["Evidence", "Worlds"]),
    ("ScenarioFiles", ["Worlds"]),
    (
      "Conductor",
      [
        "Secrets", "Wire", "Worlds", "Orchestrator", "Providers", "ChatPlatforms",
        "SecretManagers", "Rogues", "Evidence", "Guarantees", "ScenarioFiles",
      ]
    ),
    // Draws stories, plays them and makes them shorter; it judges nothing itself.
    (
      "Exploration",
      ["Conductor", "Evidence", "Guarantees", "Rogues", "ScenarioFiles", "Worlds"]
    ),
    // A report is made of a history and its verdicts, never of a running world.
    ("Reporting", ["Evidence", "Guarantees", "ScenarioFiles", "Worlds"]),
    (
      // Its server of the orchestrator is the product's own command, and shows it nothing else.
      "keyproof",
      [
        "ChatPlatforms", "Conductor", "Evidence", "Exploration", "Guarantees", "Orchestrator",
        "Providers", "Reporting", "Rogues", "ScenarioFiles", "SecretManagers", "Secrets", "Wire",
        "Worlds",
      ]
    ),
    (
      "keyproof-benchmarks",
      [
        "ChatPlatforms", "Conductor", "Evidence", "Guarantees", "Orchestrator", "Providers",
        "Reporting", "Rogues", "ScenarioFiles", "Worlds",
      ]
    ),
  ]

  static let modules = Set(arrows.map(\.module))

  /// Libraries of others that open sockets or files: each with the folders that may import it.
  static let confined: [(library: String, folders: [String])] = [
    ("AsyncHTTPClient", ["Sources/Worlds/Loopback", "Sources/Worlds/Machine"]),
    (
      "NIOPosix",
      ["Sources/Worlds/Loopback", "Sources/Worlds/Machine", "Sources/keyproof-benchmarks/Mock"]
    ),
    ("NIOHTTP1", ["Sources/Worlds/Loopback", "Sources/Worlds/Machine"]),
    ("FoundationNetworking", []),
    (
      "GRDB",
      [
        "Sources/Conductor/Engineer", "Sources/Orchestrator", "Sources/Providers/Books",
        "Sources/Reporting/Database",
      ]
    ),
    ("Yams", ["Sources/ScenarioFiles", "Sources/keyproof/Mock", "Sources/keyproof/Serve"]),
    ("Mustache", ["Sources/Reporting", "Sources/Orchestrator/Dashboard/Pages"]),
    ("ArgumentParser", ["Sources/keyproof", "Sources/keyproof-benchmarks"]),
  ]

  static func violations(in file: SourceFile) -> [Violation] {
    let parts = file.path.split(separator: "/")
    guard parts.count > 2, parts[0] == "Sources" else { return [] }
    let allowed = arrows.first { $0.module == parts[1] }?.allowed ?? []
    return imports(in: file).compactMap { line, imported in
      if modules.contains(imported), !allowed.contains(imported) {
        return Violation(
          path: file.path,
          line: line,
          problem: "\(parts[1]) may not import \(imported)"
        )
      }
      if let rule = confined.first(where: { $0.library == imported }),
        !rule.folders.contains(where: file.isBelow)
      {
        return Violation(
          path: file.path,
          line: line,
          problem: "\(imported) has no place here"
        )
      }
      return nil
    }
  }

  /// The modules that a file imports, whatever stands before the word `import`.
  static func imports(in file: SourceFile) -> [(line: Int, module: String)] {
    let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "var", "let"]
    return file.code.enumerated().compactMap { index, line in
      guard line.contains("import") else { return nil }
      var words = line.split(separator: " ")[...]
      while let word = words.first, word != "import" {
        guard word.hasPrefix("@") || accessLevels.contains(word) else { return nil }
        words.removeFirst()
      }
      guard words.popFirst() != nil else { return nil }
      if let kind = words.first, kinds.contains(kind) { words.removeFirst() }
      guard let module = words.first?.prefix(while: { $0 != "." && $0 != ";" }) else { return nil }
      return (index + 1, String(module))
    }
  }

  private static let accessLevels: Set<Substring> = [
    "package", "public", "internal", "fileprivate", "private",
  ]
}
