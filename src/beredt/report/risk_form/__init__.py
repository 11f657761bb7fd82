"""The workbook in which a workshop assesses risk: written in any language, read back with every fault an issue."""
