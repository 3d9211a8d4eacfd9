"""Invoices as files: electronic invoices (CII, UBL), the PDF people read, and the codes that phones pay from."""
