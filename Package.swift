// swift-tools-version: 6.2
import PackageDescription

/// House rules for every target of ours: Swift 6 mode, explicit existentials, imports that are
/// internal and stand where they are used, and no warning left to get used to.
///
/// A release build is optimised across modules, and leaves the checks of exclusive access at run
/// time to debug builds, in which the tests run.
let houseRules: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
  .unsafeFlags(
    ["-cross-module-optimization", "-enforce-exclusivity=unchecked"],
    .when(configuration: .release)
  ),
]

/// The runtime and Foundation become part of a release's executables, which calls them faster then.
let staticRuntime: [LinkerSetting] = [
  .unsafeFlags(
    [
      "-static-stdlib", "-lCoreFoundation", "-l_FoundationICU", "-l_FoundationCShims",
      "-l_FoundationCollections", "-lBlocksRuntime",
    ],
    .when(platforms: [.linux], configuration: .release)
  )
]

let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let asyncHTTPClient = Target.Dependency.product(
  name: "AsyncHTTPClient",
  package: "async-http-client"
)
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let heap = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
let deque = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let serviceLifecycle = Target.Dependency.product(
  name: "ServiceLifecycle",
  package: "swift-service-lifecycle"
)
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let argumentParser = Target.Dependency.product(
  name: "ArgumentParser",
  package: "swift-argument-parser"
)

/// One module of the house: a folder under `Sources/` with the arrows that it may follow.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: houseRules)
}

/// The tests of one module, in `Tests/<Module>Tests`.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: "\(name)Tests", dependencies: dependencies, swiftSettings: houseRules)
}

let package = Package(
  name: "keyproof",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "keyproof", targets: ["keyproof"])],
  dependencies: [
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    module("Secrets", [crypto]),
    module("Wire", ["Secrets", crypto, cryptoExtras, httpTypes]),
    module(
      "Worlds",
      [
        hummingbird, httpTypes, asyncHTTPClient, deque, heap, logging, nioCore, nioHTTP1, nioPosix,
      ]
    ),
    module(
      "Orchestrator",
      [
        "Secrets", "Wire", "Worlds", crypto, cryptoExtras, hummingbird, httpTypes, grdb, logging,
        mustache, nioCore,
      ]
    ),
    module("Providers", ["Secrets", "Wire", "Worlds", hummingbird, httpTypes, grdb, nioCore]),
    module("ChatPlatforms", ["Secrets", "Wire", "Worlds", hummingbird, httpTypes, nioCore]),
    module(
      "SecretManagers",
      ["Secrets", "Wire", "Worlds", crypto, hummingbird, httpTypes, nioCore]
    ),
    module(
      "Rogues",
      [
        "Secrets", "Wire", "Worlds", "Orchestrator", httpTypes, hummingbird, logging, nioCore,
      ]
    ),
    module("Evidence", ["Secrets", "Worlds", crypto]),
    module("Guarantees", ["Evidence", "Worlds"]),
    module("ScenarioFiles", ["Worlds", yams]),
    module(
      "Conductor",
      [
        "Secrets", "Worlds", "Orchestrator", "Providers", "ChatPlatforms", "SecretManagers",
        "Rogues", "Evidence", "Guarantees", "ScenarioFiles", crypto, grdb, httpTypes, hummingbird,
        logging, nioCore,
      ]
    ),
    module(
      "Exploration",
      ["Conductor", "Evidence", "Guarantees", "Rogues", "ScenarioFiles", "Worlds"]
    ),
    module(
      "Reporting",
      ["Evidence", "Guarantees", "ScenarioFiles", "Worlds", crypto, grdb, mustache]
    ),
    .executableTarget(
      name: "keyproof",
      dependencies: [
        "ChatPlatforms", "Conductor", "Evidence", "Exploration", "Guarantees", "Orchestrator",
        "Providers", "Reporting", "Rogues", "ScenarioFiles", "SecretManagers", "Secrets", "Worlds",
        argumentParser, crypto, hummingbird, hummingbirdCore, httpTypes, logging, nioCore,
        serviceLifecycle, yams,
      ],
      swiftSettings: houseRules,
      linkerSettings: staticRuntime
    ),
    .executableTarget(
      name: "keyproof-benchmarks",
      dependencies: [
        "ChatPlatforms", "Conductor", "Evidence", "Guarantees", "Orchestrator", "Reporting",
        "Rogues", "ScenarioFiles", "Worlds", argumentParser, hummingbird, logging, nioCore,
        nioPosix,
      ],
      swiftSettings: houseRules,
      linkerSettings: staticRuntime
    ),
    tests("Secrets", ["Secrets", crypto]),
    tests("Wire", ["Wire", crypto, cryptoExtras]),
    tests("Worlds", ["Worlds", hummingbird, httpTypes, nioCore]),
    tests(
      "Orchestrator",
      [
        "Orchestrator", "SecretManagers", "Secrets", "Wire", "Worlds", crypto, cryptoExtras,
        grdb, hummingbird, httpTypes, logging, nioCore,
      ]
    ),
    tests(
      "Providers",
      ["Providers", "Secrets", "Wire", "Worlds", hummingbird, httpTypes, logging, nioCore]
    ),
    tests(
      "ChatPlatforms",
      ["ChatPlatforms", "Secrets", "Wire", "Worlds", hummingbird, httpTypes, logging, nioCore]
    ),
    tests(
      "SecretManagers",
      ["SecretManagers", "Secrets", "Wire", "Worlds", hummingbird, httpTypes, logging, nioCore]
    ),
    tests("Guarantees", ["Guarantees", "Evidence", "Secrets", "Worlds"]),
    tests("ScenarioFiles", ["ScenarioFiles", "Worlds", yams]),
    tests("Reporting", ["Reporting", "Evidence", "Guarantees", "Secrets", "Worlds", crypto]),
    tests(
      "Conductor",
      [
        "ChatPlatforms", "Conductor", "Rogues", "Evidence", "Guarantees", "Reporting",
        "ScenarioFiles", "Worlds",
      ]
    ),
    tests(
      "Exploration",
      ["ChatPlatforms", "Conductor", "Exploration", "Rogues", "ScenarioFiles", "Worlds"]
    ),
    tests("House", ["Evidence", "ScenarioFiles"]),
  ]
)
