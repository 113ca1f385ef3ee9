// swift-tools-version: 6.2
import CompilerPluginSupport
import PackageDescription

// The training of prompters needs the MLX array library; HONE_TRAINING=0 builds without it.
let trains = Context.environment["HONE_TRAINING"] != "0"

// @Signature needs swift-syntax, which takes its time to build; HONE_MACROS=0 builds without it.
let declares = Context.environment["HONE_MACROS"] != "0"

let strict: [SwiftSetting] =
  [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ]
  + (trains ? [.define("HONE_TRAINING")] : [])
  + (declares ? [.define("HONE_MACROS")] : [])

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient = Target.Dependency.product(
  name: "AsyncHTTPClient", package: "async-http-client")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

func source(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

let package = Package(
  name: "Hone",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Hone", targets: ["Hone"]),
    .library(name: "HoneModels", targets: ["HoneModels"]),
    .library(name: "HoneLlama", targets: ["HoneLlama"]),
    .library(name: "HoneTesting", targets: ["HoneTesting"]),
    .executable(name: "hone", targets: ["HoneCLI"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", exact: "1.5.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
  ],
  targets: [
    // The nouns and the pure logic on them.
    source("HoneCore", []),
    // Reading task files and data files.
    source("HoneTasks", ["HoneCore", "HonePrograms", yams]),
    // The parts of optimizers and the optimizers made of them.
    source("HoneOptimizers", ["HoneCore"]),
    // The system's llama.cpp, and the embedded engine over it.
    .systemLibrary(
      name: "CLlama", pkgConfig: "llama",
      providers: [.brew(["llama.cpp"]), .apt(["libllama-dev"])]),
    source("HoneLlama", ["HoneCore", "CLlama"]),
    // Language models behind an API over HTTP.
    source("HoneModels", ["HoneCore", asyncHTTPClient, crypto, nioCore, nioHTTP1, subprocess]),
    // Model files: pinned downloads, import, verification.
    source("HoneModelFiles", ["HoneCore", "HoneLlama", crypto, subprocess]),
    // Programs of several stages: control flow, batches over many examples, saved programs.
    source("HonePrograms", ["HoneCore", crypto, subprocess]),
    // Runs on disk: journal, cache, candidates, outcomes.
    source("HoneStore", ["HoneCore", crypto, grdb]),
    // The session, the runner and resume: where optimizers meet models and the store.
    source(
      "HoneRuns", ["HoneCore", "HoneStore", "HoneOptimizers", "HonePrograms", subprocess]),
    // A run as terminal text, HTML and JSON.
    source("HoneReport", ["HoneCore"]),
    // Scripted models and the conformance suites.
    source("HoneTesting", ["HoneCore", "HoneOptimizers", "HonePrograms", "HoneRuns", "HoneStore"]),
    // A server on this machine that answers wrongly by a script, for tests of what must bear it.
    source("HoneFaultServer", ["HoneCore", nioCore, nioHTTP1, nioPosix]),
    // Prompters over HTTP, in the form of OpenAI's chat completions.
    source("HoneServing", ["HoneCore", nioCore, nioHTTP1, nioPosix]),
    source(
      "Hone",
      ["HoneCore", "HoneTasks", "HoneOptimizers", "HonePrograms", "HoneRuns", "HoneReport"]
        + (declares ? ["HoneSignatures"] : [])),
    .executableTarget(
      name: "HoneCLI",
      dependencies: [
        "HoneCore", "HoneTasks", "HoneOptimizers", "HonePrograms", "HoneLlama", "HoneModelFiles",
        "HoneModels", "HoneStore", "HoneRuns", "HoneReport", argumentParser,
      ] + (trains ? ["HoneServing", "HoneTraining"] : []),
      swiftSettings: strict),
    // Worked programs with data of their own, to read and to run.
    .executableTarget(
      name: "WorkedPrograms", dependencies: ["Hone", "HoneLlama"],
      path: "Examples/worked-programs/Sources", swiftSettings: strict),

    tests("HoneCoreTests", ["HoneCore"], resources: [.copy("Fixtures")]),
    tests(
      "HoneTasksTests", ["HoneTasks", "HoneCore", "HoneOptimizers", "HonePrograms"],
      resources: [.copy("Fixtures")]),
    tests(
      "HoneOptimizersTests", ["HoneOptimizers", "HoneCore", "HoneRuns", "HoneTesting"],
      resources: [.copy("Fixtures")]),
    tests("HoneLlamaTests", ["HoneLlama", "HoneCore", "HoneModelFiles", "HoneTesting"]),
    tests(
      "HoneModelsTests",
      ["HoneModels", "HoneCore", "HoneFaultServer", "HoneRuns", "HoneStore", "HoneTesting"],
      resources: [.copy("Fixtures")]),
    // Runs over a real server of another make.
    tests(
      "HoneServerTests",
      ["HoneCore", "HoneLlama", "HoneModels", "HoneOptimizers", "HoneRuns", "HoneTesting"]),
    tests("HoneModelFilesTests", ["HoneModelFiles", "HoneCore", "HoneLlama"]),
    tests(
      "HoneProgramsTests",
      [
        "HonePrograms", "HoneCore", "HoneLlama", "HoneOptimizers", "HoneRuns", "HoneTesting",
        "WorkedPrograms",
      ] + (declares ? ["HoneSignatures"] : []), resources: [.copy("Fixtures")]),
    tests("HoneStoreTests", ["HoneStore", "HoneCore", grdb]),
    tests("HoneRunsTests", ["HoneRuns", "HoneCore", "HoneStore", "HoneOptimizers", "HoneTesting"]),
    tests(
      "HoneServingTests", ["HoneServing", "HoneCore", asyncHTTPClient, nioCore, nioHTTP1]),
    tests("HoneReportTests", ["HoneReport", "HoneCore"]),
    tests(
      "HoneCLITests",
      [
        "HoneCLI", "HoneCore", "HoneFaultServer", "HoneModels", "HoneRuns", "HoneStore",
        "HoneTasks", "HoneTesting",
      ]),
  ],
  cxxLanguageStandard: .cxx20
)

if trains {
  package.products += [
    .library(name: "HoneMLX", targets: ["HoneMLX"]),
    .library(name: "HoneTraining", targets: ["HoneTraining"]),
  ]
  package.targets += [
    // The MLX array library, a C interface over it, and Swift arrays with gradients.
    .systemLibrary(name: "CMLXLibrary", pkgConfig: "hone-mlx"),
    .target(name: "CMLX", dependencies: ["CMLXLibrary"]),
    source("HoneMLX", ["CMLX"]),
    // Prompters: models that rewrite prompts, their data and their training.
    source("HoneTraining", ["HoneCore", "HoneLlama", "HoneMLX"]),
    tests("HoneMLXTests", ["HoneMLX"]),
    tests(
      "HoneTrainingTests", ["HoneTraining", "HoneCore", "HoneLlama", "HoneMLX", "CLlama"],
      resources: [.copy("Fixtures")]),
  ]
}

if declares {
  func syntax(_ name: String) -> Target.Dependency {
    .product(name: name, package: "swift-syntax")
  }
  package.dependencies.append(
    .package(url: "https://github.com/swiftlang/swift-syntax", exact: "603.0.1"))
  package.targets += [
    // @Signature as the compiler loads it, and its declarations.
    .macro(
      name: "HoneMacros",
      dependencies: [
        syntax("SwiftCompilerPlugin"), syntax("SwiftDiagnostics"), syntax("SwiftParser"),
        syntax("SwiftSyntax"),
        syntax("SwiftSyntaxBuilder"), syntax("SwiftSyntaxMacros"),
      ], swiftSettings: strict),
    source("HoneSignatures", ["HonePrograms", "HoneMacros"]),
  ]
}
