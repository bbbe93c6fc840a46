"""Ways on which invoices leave for Peppol: a folder that a connector empties, or an access point that is posted to."""
