// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "TPEBench",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "Hone", path: "../..")],
  targets: [
    .executableTarget(
      name: "TPEAsk", dependencies: [.product(name: "Hone", package: "Hone")],
      swiftSettings: [.swiftLanguageMode(.v6)])
  ]
)
