// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "ProgramBench",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "Hone", path: "../..")],
  targets: [
    .executableTarget(
      name: "ProgramBench", dependencies: [.product(name: "Hone", package: "Hone")],
      swiftSettings: [.swiftLanguageMode(.v6)])
  ]
)
