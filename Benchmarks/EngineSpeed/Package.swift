// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "EngineBench",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "Hone", path: "../..")],
  targets: [
    .executableTarget(
      name: "EngineBench",
      dependencies: [.product(name: "HoneLlama", package: "Hone")],
      swiftSettings: [.swiftLanguageMode(.v6)])
  ]
)
